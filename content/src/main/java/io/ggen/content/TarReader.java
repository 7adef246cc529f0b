package io.ggen.content;

import io.ggen.base.Sha256;
import io.ggen.content.ContentException.Reason;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one reader of tars: streaming, strict, bounded by a policy. Reads files and folders alone; an
 * archive with anything else in it, or that two programs could read differently, is refused.
 *
 * <p>It takes ustar, GNU and PAX archives and knows of each header whether it is the canonical one.
 * Confined to one thread.
 */
final class TarReader {
    private static final int MAX_EXTENSION = 64 * 1024;
    private static final int MAX_TRAILING_ZEROS = 1 << 20;
    private static final int HEADERS_AN_ENTRY = 3;
    private static final int SPECIAL_BITS = 07000;
    private static final int TYPE_BITS = 0170000;

    private final InputStream in;
    private final ArchivePolicy policy;
    private final MessageDigest digest = Sha256.digest();
    private final byte[] block = new byte[TarHeader.BLOCK];
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private Optional<String> longName = Optional.empty();
    private OptionalLong paxSize = OptionalLong.empty();
    private boolean extended;
    private boolean canonical = true;
    private String last = "";
    private long rest;
    private long unpacked;
    private long headers;
    private int entries;

    TarReader(InputStream in, ArchivePolicy policy) {
        this.in = in;
        this.policy = policy;
    }

    /**
     * Reads the next header, once the content before it is read; empty at the end. A file's content
     * comes next: its own source has none.
     */
    Optional<TreeEntry> next() throws IOException {
        header.reset();
        while (true) {
            readBlock();
            if (TarFields.isZero(block, 0, block.length)) {
                end();
                return Optional.empty();
            }
            Optional<TreeEntry> entry = header(new TarFields(block));
            if (entry.isPresent()) {
                return entry;
            }
        }
    }

    /** Reads content of the file that {@link #next} returned; 0 at its end. */
    int read(byte[] buffer, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, rest);
        readFully(buffer, offset, wanted);
        rest -= wanted;
        return wanted;
    }

    /** Ends the file that was read: what fills its last block must be zeros. */
    void endFile(long size) throws IOException {
        int padding = TarHeader.padding(size);
        readFully(block, 0, padding);
        if (!TarFields.isZero(block, 0, padding)) {
            throw ContentException.malformed("bytes stand between a file's end and its block's");
        }
    }

    /** Returns whether everything that was read is in canonical form. */
    boolean isCanonical() {
        return canonical;
    }

    /** Returns the digest of the whole stream, once it is read. */
    Sha256 digest() {
        return Sha256.finish(digest);
    }

    private Optional<TreeEntry> header(TarFields fields) throws IOException {
        header.write(block, 0, block.length);
        if (++headers > (long) HEADERS_AN_ENTRY * policy.maxEntries()) {
            throw ContentException.limit("the archive has more than " + headers + " headers");
        }
        return switch (fields.type()) {
            case 'x' -> {
                extend(PaxRecords.parse(extension(fields.size()), false));
                yield Optional.empty();
            }
            case 'g' -> {
                refuse(extended, "a global header stands before an entry's own");
                PaxRecords.parse(extension(fields.size()), true);
                canonical = false;
                yield Optional.empty();
            }
            case 'L' -> {
                extend(new PaxRecords(Optional.of(gnuName(fields.size())), OptionalLong.empty()));
                yield Optional.empty();
            }
            case '0', '\0', '5' -> entry(fields);
            default ->
                    throw new ContentException(
                            Reason.UNSUPPORTED_ENTRY,
                            "an entry " + PathRules.shown(fields.name()) + " is " + kind(fields));
        };
    }

    private static String kind(TarFields fields) {
        return switch (fields.type()) {
            case '1' -> "a hard link";
            case '2' -> "a symbolic link";
            case '3', '4' -> "a device";
            case '6' -> "a pipe";
            case 'S' -> "a sparse file";
            case 'K' -> "the long name of a link";
            default -> "of the unknown type " + (int) fields.type();
        };
    }

    private void extend(PaxRecords records) {
        refuse(extended, "an entry has two extended headers");
        extended = true;
        longName = records.path();
        paxSize = records.size();
    }

    private byte[] extension(long size) throws IOException {
        if (size > MAX_EXTENSION) {
            throw ContentException.limit("an extended header of " + size + " bytes");
        }
        byte[] content = new byte[(int) size];
        readFully(content, 0, content.length);
        header.writeBytes(content);
        endFile(size);
        header.write(new byte[TarHeader.padding(size)], 0, TarHeader.padding(size));
        return content;
    }

    private String gnuName(long size) throws IOException {
        byte[] name = extension(size);
        int end = name.length > 0 && name[name.length - 1] == 0 ? name.length - 1 : name.length;
        return Utf8.decode(name, 0, end);
    }

    private Optional<TreeEntry> entry(TarFields fields) {
        boolean directory = fields.type() == '5';
        String name = longName.orElseGet(fields::name);
        long size = fields.size();
        refuse(paxSize.isPresent() && paxSize.getAsLong() != size, "two sizes of one entry differ");
        refuse(directory && size != 0, "a folder has content");
        refuse(fields.hasLinkName(), "a file or folder names a link");
        extended = false;
        longName = Optional.empty();
        paxSize = OptionalLong.empty();
        boolean executable = executable(fields.mode(), directory);
        Optional<String> path = path(name, directory);
        canonical &= path.isPresent();
        if (path.isEmpty()) {
            return Optional.empty();
        }
        TreeEntry entry =
                directory
                        ? new TreeEntry.Directory(path.get())
                        : new TreeEntry.RegularFile(
                                path.get(), size, executable, InputStream::nullInputStream);
        account(entry.path(), size);
        judge(entry);
        return Optional.of(entry);
    }

    /** Returns the path that {@code name} stands for; empty for the root. */
    private static Optional<String> path(String name, boolean directory) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        if (directory && (path.isEmpty() || path.equals("."))) {
            return Optional.empty();
        }
        boolean slash = directory && path.endsWith("/");
        return Optional.of(slash ? path.substring(0, path.length() - 1) : path);
    }

    private static boolean executable(int mode, boolean directory) {
        int type = mode & TYPE_BITS;
        boolean typeFits = type == 0 || type == (directory ? 0040000 : 0100000);
        if ((mode & SPECIAL_BITS) != 0 || !typeFits) {
            throw new ContentException(
                    Reason.UNSUPPORTED_ENTRY,
                    "an entry has the mode " + Integer.toOctalString(mode));
        }
        return !directory && (mode & 0100) != 0;
    }

    private void account(String path, long size) {
        unpacked += size;
        if (++entries > policy.maxEntries()) {
            throw ContentException.limit("more than " + policy.maxEntries() + " entries");
        }
        if (size > policy.maxFileBytes() || unpacked > policy.maxUnpackedBytes()) {
            throw ContentException.limit(
                    "with "
                            + PathRules.shown(path)
                            + " the content has more than "
                            + Math.min(policy.maxFileBytes(), policy.maxUnpackedBytes())
                            + " bytes");
        }
        rest = size;
    }

    private void judge(TreeEntry entry) {
        if (canonical) {
            canonical =
                    Arrays.equals(TarHeader.encode(entry), header.toByteArray())
                            && Utf8.compare(last, entry.archiveName()) < 0;
            last = entry.archiveName();
        }
    }

    private void end() throws IOException {
        refuse(extended, "an extended header has no entry");
        readBlock();
        refuse(!TarFields.isZero(block, 0, block.length), "the end has one block of zeros alone");
        int trailing = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            canonical = false;
            digest.update((byte) b);
            refuse(b != 0, "bytes follow the end");
            if (++trailing > MAX_TRAILING_ZEROS) {
                throw ContentException.limit("zeros without end follow the archive's end");
            }
        }
    }

    private void readBlock() throws IOException {
        readFully(block, 0, block.length);
    }

    private void readFully(byte[] buffer, int offset, int length) throws IOException {
        if (in.readNBytes(buffer, offset, length) < length) {
            throw ContentException.malformed("the archive is cut off");
        }
        digest.update(buffer, offset, length);
    }

    private static void refuse(boolean wrong, String fault) {
        if (wrong) {
            throw ContentException.malformed(fault);
        }
    }
}
