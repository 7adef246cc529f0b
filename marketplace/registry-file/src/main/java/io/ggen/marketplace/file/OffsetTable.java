package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.marketplace.core.Skeleton;
import io.ggen.marketplace.model.PackageId;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where each package's entry stands in index.json: a hash table in a file beside it, read and
 * written a few bytes at a time however large it grows. Derived: it counts only while its {@link
 * Header} fits index.json, and is made anew from a scan otherwise.
 *
 * <p>A slot is 24 bytes: hash of the id's {@link Skeleton}, start, and {@code length << 2 |
 * signedOnly << 1 | used}. Entries never move while the file is spliced; linear probing, at most
 * half full.
 */
final class OffsetTable implements Closeable {
    private static final int SLOT = 24;
    private static final int PROBE = 8;
    private static final int WINDOW = 512;
    private static final long MINIMUM_CAPACITY = 256;
    private static final int MOST_KEY = 160;
    private static final long USED = 1;
    private static final long SIGNED_ONLY = 2;

    private final Path file;
    private FileChannel channel;
    private Header header;

    private OffsetTable(Path file, FileChannel channel, Header header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
    }

    /**
     * A package's member in index.json, key included.
     *
     * @param start the offset of the key's quote
     * @param length in bytes up to the end of the value
     * @param signedOnly whether every version in it is known to have a signed record
     */
    record Entry(String id, long start, int length, boolean signedOnly) {
        long end() {
            return start + length;
        }
    }

    /** An entry and the slot that names it. */
    record Place(Entry entry, long slot) {}

    /** Opens the table; empty when there is none that can be read. */
    static Optional<OffsetTable> open(Path file, OpenOption... options) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, options);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Optional<Header> header = Header.read(channel);
        if (header.isEmpty() || channel.size() < Header.LENGTH + header.get().capacity() * SLOT) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new OffsetTable(file, channel, header.get()));
    }

    /** Makes the table of {@code entries} in place of any other, open for writing. */
    static OffsetTable create(Path file, List<Entry> entries, Header header) throws IOException {
        long capacity = capacityFor(entries.size());
        byte[] slots = new byte[Math.toIntExact(capacity * SLOT)];
        ByteBuffer buffer = ByteBuffer.wrap(slots);
        for (Entry entry : entries) {
            long hash = hash(entry.id());
            int slot = (int) (hash & (capacity - 1));
            while (buffer.getLong(slot * SLOT + 16) != 0) {
                slot = (int) ((slot + 1) & (capacity - 1));
            }
            fill(buffer, slot * SLOT, hash, entry);
        }
        Header fitting = header.withTable(entries.size(), capacity);
        return new OffsetTable(file, install(file, slots, fitting), fitting);
    }

    private static FileChannel install(Path file, byte[] slots, Header header) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        FileChannel channel =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            FileBytes.write(channel, header.encode(), 0);
            FileBytes.write(channel, slots, Header.LENGTH);
            DurableFiles.moveAtomically(temporary, file);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static long capacityFor(long entries) {
        return Math.max(MINIMUM_CAPACITY, Long.highestOneBit(Math.max(1, entries)) * 4);
    }

    private static void fill(ByteBuffer buffer, int at, long hash, Entry entry) {
        buffer.putLong(at, hash);
        buffer.putLong(at + 8, entry.start());
        buffer.putLong(
                at + 16,
                ((long) entry.length() << 2) | (entry.signedOnly() ? SIGNED_ONLY : 0) | USED);
    }

    /** Spreads ids by their skeletons, so that one probe finds all that look alike. */
    private static long hash(String id) {
        return Fnv.hash(Skeleton.of(id).text());
    }

    Header header() {
        return header;
    }

    /** Says which index.json this table is of from now on. */
    void describe(Header next) throws IOException {
        header = next.withTable(header.used(), header.capacity());
        FileBytes.write(channel, header.encode(), 0);
    }

    /** Takes back what was last said in memory alone: this table is of no index.json any more. */
    void forget() {
        header = header.withIndex(Stamp.ABSENT, header.shape(), header.applied());
    }

    /** Finds the entry of {@code id}, whose key is compared in {@code index}. */
    Optional<Place> find(String id, FileChannel index) throws IOException {
        long hash = hash(id);
        Probe probe = new Probe(hash);
        while (probe.next()) {
            if (probe.hash() == hash && probe.length() > 0) {
                Entry entry = new Entry(id, probe.start(), probe.length(), probe.signedOnly());
                if (isKeyOf(entry, index)) {
                    return Optional.of(new Place(entry, probe.slot));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns whether {@code id} is unknown or has signed versions alone, without a look at
     * index.json.
     */
    boolean isSignedOnly(String id) throws IOException {
        long hash = hash(id);
        Probe probe = new Probe(hash);
        while (probe.next()) {
            if (probe.hash() == hash && probe.length() > 0 && !probe.signedOnly()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the ids in {@code index} that have one of these skeletons; reads forward only. */
    List<PackageId> alike(List<Skeleton> skeletons, FileChannel index) throws IOException {
        long[] slots = new long[skeletons.size()];
        for (int i = 0; i < slots.length; i++) {
            long hash = Fnv.hash(skeletons.get(i).text());
            slots[i] = (hash & (header.capacity() - 1)) << Short.SIZE | i;
        }
        Arrays.sort(slots);
        List<PackageId> alike = new ArrayList<>();
        var window = new Window(WINDOW);
        for (long slot : slots) {
            addAlike(skeletons.get((int) (slot & 0xffff)), window, index, alike);
        }
        return alike;
    }

    private void addAlike(
            Skeleton skeleton, Window window, FileChannel index, List<PackageId> alike)
            throws IOException {
        long hash = Fnv.hash(skeleton.text());
        Probe probe = new Probe(hash, window);
        while (probe.next()) {
            if (probe.hash() == hash && probe.length() > 0) {
                String key = key(probe, index);
                if (Skeleton.of(key).text().equals(skeleton.text())) {
                    alike.add(new PackageId(key));
                }
            }
        }
    }

    private static String key(Probe probe, FileChannel index) throws IOException {
        long most = Math.min(Math.min(probe.length(), MOST_KEY), index.size() - probe.start());
        byte[] member = FileBytes.read(index, probe.start(), (int) Math.max(0, most));
        String text = new String(member, StandardCharsets.UTF_8);
        int end = text.indexOf('"', 1);
        return end < 0 ? "" : text.substring(1, end);
    }

    private static boolean isKeyOf(Entry entry, FileChannel index) throws IOException {
        byte[] key = ('"' + entry.id() + '"').getBytes(StandardCharsets.UTF_8);
        return entry.length() > key.length
                && entry.end() <= index.size()
                && Arrays.equals(key, FileBytes.read(index, entry.start(), key.length));
    }

    /** Writes {@code entry} over {@code known}, or into a free slot. */
    void put(Entry entry, Optional<Place> known) throws IOException {
        if (known.isPresent()) {
            write(entry, known.get().slot());
            return;
        }
        if (header.used() * 2 >= header.capacity()) {
            grow();
        }
        Probe probe = new Probe(hash(entry.id()));
        while (probe.next()) {
            // on to the free slot behind them
        }
        write(entry, probe.slot);
        header = header.withTable(header.used() + 1, header.capacity());
    }

    /** Forgets the entry; its slot stays taken, so that others behind it are found. */
    void remove(Place place) throws IOException {
        write(new Entry(place.entry().id(), 0, 0, true), place.slot());
    }

    private void write(Entry entry, long slot) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(SLOT);
        fill(buffer, 0, hash(entry.id()), entry);
        FileBytes.write(channel, buffer.array(), Header.LENGTH + slot * SLOT);
    }

    private void grow() throws IOException {
        byte[] old = FileBytes.read(channel, Header.LENGTH, (int) (header.capacity() * SLOT));
        long capacity = header.capacity() * 2;
        ByteBuffer from = ByteBuffer.wrap(old);
        byte[] slots = new byte[Math.toIntExact(capacity * SLOT)];
        ByteBuffer to = ByteBuffer.wrap(slots);
        long used = 0;
        for (int at = 0; at < old.length; at += SLOT) {
            long value = from.getLong(at + 16);
            if (value >> 2 != 0) {
                int slot = (int) (from.getLong(at) & (capacity - 1));
                while (to.getLong(slot * SLOT + 16) != 0) {
                    slot = (int) ((slot + 1) & (capacity - 1));
                }
                to.put(slot * SLOT, old, at, SLOT);
                used++;
            }
        }
        Header next = header.withTable(used, capacity);
        FileChannel fresh = install(file, slots, next);
        channel.close();
        channel = fresh;
        header = next;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** The slots that were read last. */
    private final class Window {
        private final int size;
        private long from = -1;
        private ByteBuffer block = ByteBuffer.allocate(0);

        Window(int size) {
            this.size = size;
        }

        /** Returns where {@code slot} lies in the block, which is read where it must be. */
        int at(long slot) throws IOException {
            if (from < 0 || slot < from || slot >= from + size) {
                from = slot & -size;
                int length = (int) Math.min(size, header.capacity() - from) * SLOT;
                block =
                        ByteBuffer.wrap(
                                FileBytes.read(channel, Header.LENGTH + from * SLOT, length));
            }
            return (int) (slot - from) * SLOT;
        }
    }

    /** Walks the used slots from an id's first one; stands on a free one at the end. */
    private final class Probe {
        private final long first;
        private final Window window;
        private long slot = -1;
        private long step = -1;
        private int at;

        Probe(long hash) {
            this(hash, new Window(PROBE));
        }

        Probe(long hash, Window window) {
            this.window = window;
            first = hash & (header.capacity() - 1);
        }

        boolean next() throws IOException {
            if (++step >= header.capacity()) {
                throw new IOException(file + " is full");
            }
            slot = (first + step) & (header.capacity() - 1);
            at = window.at(slot);
            return value() != 0;
        }

        private long value() {
            return window.block.getLong(at + 16);
        }

        long hash() {
            return window.block.getLong(at);
        }

        long start() {
            return window.block.getLong(at + 8);
        }

        int length() {
            return (int) (value() >> 2);
        }

        boolean signedOnly() {
            return (value() & SIGNED_ONLY) != 0;
        }
    }

    /** Returns {@code "id":} followed by {@code value}, as it stands in index.json. */
    static Bytes member(String id, Bytes value) {
        return Bytes.utf8('"' + id + "\":").concat(value);
    }
}
