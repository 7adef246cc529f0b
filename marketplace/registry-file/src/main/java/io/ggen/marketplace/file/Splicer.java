package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.marketplace.file.OffsetTable.Entry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Changes one member of index.json without reading the others: a copy is made by the kernel, the
 * new member goes to the end and the former one becomes blanks, which JSON allows, so that nothing
 * else moves. The copy takes the old file's place in one step. The writers' lock is held.
 */
final class Splicer {
    /** The width of our {@code updated_at} with its quotes. */
    static final int TIME_WIDTH = 22;

    private static final int WINDOW = 1 << 16;
    private static final long MOST_BLANKS = 1 << 20;

    static final Set<OpenOption> OVERWRITE =
            Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);

    private final Layout layout;
    private final OffsetTable table;
    private final String now;

    Splicer(Layout layout, OffsetTable table, String now) {
        this.layout = layout;
        this.table = table;
        this.now = now;
    }

    /**
     * Where the file is cut.
     *
     * @param at the offset from which on the old members end
     * @param separator what comes between them and the new member
     * @param blankFrom the former member, up to {@code blankTo}; empty when it is cut off
     * @param members how many members remain without the new one
     */
    private record Cut(long at, String separator, long blankFrom, long blankTo, long members) {}

    /** A significant byte and where it stands. */
    private record Mark(byte symbol, long at) {}

    /** Puts a member in; false when the file is too torn for it and must be rewritten. */
    boolean put(String id, Bytes value, boolean signedOnly, ChangeLog.Place applied)
            throws IOException {
        try (FileChannel old = FileChannel.open(layout.index(), StandardOpenOption.READ)) {
            Optional<OffsetTable.Place> known = table.find(id, old);
            Optional<Cut> cut =
                    known.isPresent()
                            ? cutForChange(old, known.get().entry())
                            : Optional.of(cutForNew());
            if (cut.isEmpty()) {
                return false;
            }
            Bytes text = Bytes.utf8(cut.get().separator()).concat(OffsetTable.member(id, value));
            Header next = write(old, cut.get(), text, applied);
            int separator = cut.get().separator().length();
            Entry entry =
                    new Entry(
                            id, cut.get().at() + separator, text.length() - separator, signedOnly);
            follow(() -> table.put(entry, known), next);
            return true;
        }
    }

    /** Takes a member out; false when the file must be rewritten for it. */
    boolean remove(String id, ChangeLog.Place applied) throws IOException {
        try (FileChannel old = FileChannel.open(layout.index(), StandardOpenOption.READ)) {
            Optional<OffsetTable.Place> known = table.find(id, old);
            if (known.isEmpty()) {
                table.describe(
                        table.header()
                                .withIndex(
                                        table.header().stamp(), table.header().shape(), applied));
                return true;
            }
            Optional<Cut> cut = cutForRemoval(old, known.get().entry());
            if (cut.isEmpty()) {
                return false;
            }
            Header next = write(old, cut.get(), Bytes.empty(), applied);
            follow(() -> table.remove(known.get()), next);
            return true;
        }
    }

    /** A change of the table. */
    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    /**
     * Lets the table follow index.json, which has changed already: where it cannot, it is of an
     * older file and will be made anew.
     */
    private void follow(Change change, Header next) {
        try {
            change.make();
            table.describe(next);
        } catch (IOException e) {
            table.forget();
        }
    }

    private Cut cutForNew() {
        IndexShape shape = table.header().shape();
        return new Cut(shape.end(), shape.members() == 0 ? "\n" : ",\n", 0, 0, shape.members());
    }

    private Optional<Cut> cutForChange(FileChannel old, Entry entry) throws IOException {
        IndexShape shape = table.header().shape();
        Optional<Mark> next = forward(old, entry.end());
        if (next.isEmpty() || tooTorn(shape)) {
            return Optional.empty();
        }
        return switch (next.get().symbol()) {
            case ',' ->
                    Optional.of(
                            new Cut(
                                    shape.end(),
                                    ",\n",
                                    entry.start(),
                                    next.get().at() + 1,
                                    shape.members() - 1));
            case '}' -> Optional.of(new Cut(entry.start(), "", 0, 0, shape.members() - 1));
            default -> Optional.empty();
        };
    }

    private Optional<Cut> cutForRemoval(FileChannel old, Entry entry) throws IOException {
        Optional<Cut> change = cutForChange(old, entry);
        if (change.isEmpty() || change.get().blankTo() > 0) {
            return change;
        }
        Optional<Mark> before = backward(old, entry.start());
        if (before.isEmpty()) {
            return Optional.empty();
        }
        long at = before.get().at() + (before.get().symbol() == ',' ? 0 : 1);
        return Optional.of(new Cut(at, "", 0, 0, change.get().members()));
    }

    private static boolean tooTorn(IndexShape shape) {
        return shape.blanked() > MOST_BLANKS && shape.blanked() > shape.end() / 2;
    }

    private Header write(FileChannel old, Cut cut, Bytes text, ChangeLog.Place applied)
            throws IOException {
        IndexShape shape = table.header().shape();
        Path temporary = layout.temporaryIndex();
        Stamp stamp;
        try {
            copy(old, cut, text, temporary);
            stamp = Stamp.of(temporary);
            DurableFiles.moveAtomically(temporary, layout.index());
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        boolean added = text.length() > 0;
        IndexShape next =
                new IndexShape(
                        shape.updatedAt(),
                        shape.updatedAtWidth(),
                        cut.at() + text.length(),
                        cut.members() + (added ? 1 : 0),
                        shape.blanked() + cut.blankTo() - cut.blankFrom());
        return table.header().withIndex(stamp, next, applied);
    }

    private void copy(FileChannel old, Cut cut, Bytes text, Path temporary) throws IOException {
        IndexShape shape = table.header().shape();
        try (FileChannel fresh = FileChannel.open(temporary, OVERWRITE)) {
            FileBytes.copy(old, 0, cut.at(), fresh);
            FileBytes.write(fresh, text.toArray(), cut.at());
            FileBytes.copy(old, shape.end(), old.size(), fresh);
            if (cut.blankTo() > 0) {
                byte[] blanks = blanks((int) (cut.blankTo() - cut.blankFrom()));
                FileBytes.write(fresh, blanks, cut.blankFrom());
            }
            writeTime(fresh, shape, now);
        }
    }

    /** Writes {@code now} over the value of {@code updated_at}, where it has room. */
    static void writeTime(FileChannel fresh, IndexShape shape, String now) throws IOException {
        if (shape.updatedAt() < 0 || shape.updatedAtWidth() < TIME_WIDTH) {
            return;
        }
        byte[] value = blanks(shape.updatedAtWidth());
        byte[] text = ('"' + now + '"').getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, value, 0, text.length);
        FileBytes.write(fresh, value, shape.updatedAt());
    }

    private static byte[] blanks(int length) {
        byte[] blanks = new byte[length];
        Arrays.fill(blanks, (byte) ' ');
        return blanks;
    }

    private static Optional<Mark> forward(FileChannel file, long from) throws IOException {
        byte[] window = FileBytes.read(file, from, (int) Math.min(WINDOW, file.size() - from));
        for (int i = 0; i < window.length; i++) {
            if (!isBlank(window[i])) {
                return Optional.of(new Mark(window[i], from + i));
            }
        }
        return Optional.empty();
    }

    private static Optional<Mark> backward(FileChannel file, long before) throws IOException {
        long from = Math.max(0, before - WINDOW);
        byte[] window = FileBytes.read(file, from, (int) (before - from));
        for (int i = window.length - 1; i >= 0; i--) {
            if (!isBlank(window[i])) {
                return Optional.of(new Mark(window[i], from + i));
            }
        }
        return Optional.empty();
    }

    private static boolean isBlank(byte symbol) {
        return symbol == ' ' || symbol == '\n' || symbol == '\r' || symbol == '\t';
    }
}
