package io.ggen.content;

import java.nio.charset.StandardCharsets;

/** The fields of one header block of a tar, read strictly. */
final class TarFields {
    private static final String GNU_MAGIC = "ustar  \0";
    private static final String POSIX_MAGIC = "ustar\00000";

    private final byte[] block;

    /** Checks checksum, magic and the parts of the block that nobody may use. */
    TarFields(byte[] block) {
        this.block = block;
        if (octal(block, TarHeader.CHECKSUM, 8, "checksum") != TarHeader.checksum(block, 0)) {
            throw ContentException.malformed("the checksum of a tar header is wrong");
        }
        String magic = ascii(block, TarHeader.MAGIC, 8);
        if (!magic.equals(POSIX_MAGIC) && !magic.equals(GNU_MAGIC)) {
            throw ContentException.malformed("a tar header is neither ustar nor GNU");
        }
        if (magic.equals(GNU_MAGIC)) {
            refuseUnless(gnuTimes(block), "a GNU header uses the field of the prefix");
        }
        refuseUnless(isZero(block, 500, TarHeader.BLOCK), "a tar header goes on after its fields");
    }

    char type() {
        return (char) (block[TarHeader.TYPE] & 0xff);
    }

    long size() {
        return octal(block, TarHeader.SIZE, TarHeader.SIZE_LENGTH, "size");
    }

    int mode() {
        return (int) octal(block, TarHeader.MODE, 8, "mode");
    }

    boolean hasLinkName() {
        return block[TarHeader.LINK_NAME] != 0;
    }

    /** Returns the name, after the prefix where one stands. */
    String name() {
        String name = text(block, TarHeader.NAME, TarHeader.NAME_LENGTH);
        if (!ascii(block, TarHeader.MAGIC, 8).equals(POSIX_MAGIC) || block[TarHeader.PREFIX] == 0) {
            return name;
        }
        return text(block, TarHeader.PREFIX, TarHeader.PREFIX_LENGTH) + "/" + name;
    }

    static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] block, int from, int length) {
        int end = from;
        while (end < from + length && block[end] != 0) {
            end++;
        }
        refuseUnless(isZero(block, end, from + length), "a name goes on after its end");
        return Utf8.decode(block, from, end);
    }

    private static String ascii(byte[] block, int from, int length) {
        return new String(block, from, length, StandardCharsets.ISO_8859_1);
    }

    /** Reads octal digits between optional spaces, ended by spaces and zeros; none are 0. */
    private static long octal(byte[] block, int from, int length, String field) {
        int at = from;
        int end = from + length;
        while (at < end && block[at] == ' ') {
            at++;
        }
        long value = 0;
        for (; at < end && block[at] >= '0' && block[at] <= '7'; at++) {
            value = value << 3 | (block[at] - '0');
        }
        for (; at < end; at++) {
            refuseUnless(
                    block[at] == 0 || block[at] == ' ',
                    "the " + field + " of a tar header is not a plain octal number");
        }
        return value;
    }

    private static boolean gnuTimes(byte[] block) {
        for (int i = TarHeader.PREFIX; i < TarHeader.PREFIX + 24; i++) {
            boolean digit = block[i] >= '0' && block[i] <= '7';
            if (!digit && block[i] != 0 && block[i] != ' ') {
                return false;
            }
        }
        return isZero(block, TarHeader.PREFIX + 24, 500);
    }

    private static void refuseUnless(boolean sound, String fault) {
        if (!sound) {
            throw ContentException.malformed(fault);
        }
    }
}
