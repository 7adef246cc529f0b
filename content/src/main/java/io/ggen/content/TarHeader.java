package io.ggen.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header blocks of one entry of a canonical tar: one block of ustar, and where it cannot hold
 * the name, a PAX {@code path} record before it.
 *
 * <p>Name and prefix are split at the leftmost slash that fits. Modes are 0755 for folders and
 * executable files and 0644 for others; ids, times and device numbers are 0, user names empty.
 */
final class TarHeader {
    /** The unit of a tar, in bytes. */
    static final int BLOCK = 512;

    static final int NAME = 0;
    static final int NAME_LENGTH = 100;
    static final int MODE = 100;
    static final int UID = 108;
    static final int GID = 116;
    static final int SIZE = 124;
    static final int SIZE_LENGTH = 12;
    static final int MTIME = 136;
    static final int CHECKSUM = 148;
    static final int TYPE = 156;
    static final int LINK_NAME = 157;
    static final int MAGIC = 257;
    static final int DEVICE_MAJOR = 329;
    static final int DEVICE_MINOR = 337;
    static final int PREFIX = 345;
    static final int PREFIX_LENGTH = 155;

    private static final String PAX_NAME = "././@PaxHeader";
    private static final byte[] USTAR = "ustar\00000".getBytes(StandardCharsets.US_ASCII);

    private TarHeader() {}

    static byte[] encode(TreeEntry entry) {
        return entry instanceof TreeEntry.RegularFile file
                ? encode(file.path(), file.size(), file.executable() ? 0755 : 0644, '0')
                : encode(entry.archiveName(), 0, 0755, '5');
    }

    /** Returns how many bytes of zero follow {@code size} bytes of content. */
    static int padding(long size) {
        return (int) (-size & (BLOCK - 1));
    }

    private static byte[] encode(String name, long size, int mode, char type) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= NAME_LENGTH) {
            byte[] block = new byte[BLOCK];
            System.arraycopy(bytes, 0, block, NAME, bytes.length);
            return finish(block, 0, size, mode, type);
        }
        int slash = split(bytes);
        if (slash < 0) {
            return encodeWithPax(bytes, size, mode, type);
        }
        byte[] block = new byte[BLOCK];
        System.arraycopy(bytes, 0, block, PREFIX, slash);
        System.arraycopy(bytes, slash + 1, block, NAME, bytes.length - slash - 1);
        return finish(block, 0, size, mode, type);
    }

    /** Returns the leftmost slash between a prefix and a name that both fit, or -1. */
    private static int split(byte[] name) {
        int first = Math.max(1, name.length - NAME_LENGTH - 1);
        for (int i = first; i <= PREFIX_LENGTH && i < name.length - 1; i++) {
            if (name[i] == '/') {
                return i;
            }
        }
        return -1;
    }

    private static byte[] encodeWithPax(byte[] name, long size, int mode, char type) {
        byte[] entry = record(name);
        int content = entry.length + padding(entry.length);
        byte[] blocks = new byte[BLOCK + content + BLOCK];
        byte[] pax = PAX_NAME.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(pax, 0, blocks, NAME, pax.length);
        finish(blocks, 0, entry.length, 0644, 'x');
        System.arraycopy(entry, 0, blocks, BLOCK, entry.length);
        System.arraycopy(name, 0, blocks, BLOCK + content, wholeCharacters(name));
        return finish(blocks, BLOCK + content, size, mode, type);
    }

    /** Returns {@code length path=name newline}, where length counts its own digits. */
    private static byte[] record(byte[] name) {
        int rest = " path=\n".length() + name.length;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        byte[] head = (length + " path=").getBytes(StandardCharsets.US_ASCII);
        byte[] record = Arrays.copyOf(head, length);
        System.arraycopy(name, 0, record, head.length, name.length);
        record[length - 1] = '\n';
        return record;
    }

    /** Returns how many bytes of {@code name} fit the name field without cutting a character. */
    private static int wholeCharacters(byte[] name) {
        int end = NAME_LENGTH;
        while ((name[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    private static byte[] finish(byte[] blocks, int at, long size, int mode, char type) {
        octal(blocks, at + MODE, 7, mode);
        octal(blocks, at + UID, 7, 0);
        octal(blocks, at + GID, 7, 0);
        octal(blocks, at + SIZE, 11, size);
        octal(blocks, at + MTIME, 11, 0);
        blocks[at + TYPE] = (byte) type;
        System.arraycopy(USTAR, 0, blocks, at + MAGIC, USTAR.length);
        octal(blocks, at + DEVICE_MAJOR, 7, 0);
        octal(blocks, at + DEVICE_MINOR, 7, 0);
        octal(blocks, at + CHECKSUM, 6, checksum(blocks, at));
        blocks[at + CHECKSUM + 7] = ' ';
        return blocks;
    }

    /** Returns the sum of a header's bytes, those of its checksum taken as spaces. */
    static int checksum(byte[] blocks, int at) {
        int sum = 8 * ' ';
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM && i < CHECKSUM + 8;
            sum += own ? 0 : blocks[at + i] & 0xff;
        }
        return sum;
    }

    private static void octal(byte[] blocks, int at, int digits, long value) {
        long rest = value;
        for (int i = digits - 1; i >= 0; i--) {
            blocks[at + i] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
    }
}
