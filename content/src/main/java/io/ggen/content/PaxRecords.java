package io.ggen.content;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an extended header says, reduced to what matters here.
 *
 * @param path the entry's name, where it is given
 * @param size the entry's size, where it is given
 */
record PaxRecords(Optional<String> path, OptionalLong size) {
    /** Keys that may stand anywhere: they change nothing that is kept. */
    private static final Set<String> IGNORED =
            Set.of(
                    "comment",
                    "mtime",
                    "atime",
                    "ctime",
                    "uid",
                    "gid",
                    "uname",
                    "gname",
                    "LIBARCHIVE.creationtime",
                    "SCHILY.dev",
                    "SCHILY.ino",
                    "SCHILY.nlink");

    /** Reads the records that fill {@code bytes}. */
    static PaxRecords parse(byte[] bytes, boolean global) {
        Optional<String> path = Optional.empty();
        OptionalLong size = OptionalLong.empty();
        Set<String> keys = new HashSet<>();
        int at = 0;
        while (at < bytes.length) {
            int end = at + length(bytes, at);
            String text = text(bytes, at, end);
            String key = text.substring(0, text.indexOf('='));
            String value = text.substring(key.length() + 1);
            refuse(!keys.add(key), key, "stands there twice");
            if (!IGNORED.contains(key)) {
                refuse(global, key, "is not allowed for a whole archive");
                switch (key) {
                    case "path" -> path = Optional.of(value);
                    case "size" -> size = OptionalLong.of(decimal(value));
                    default -> refuse(true, key, "is not allowed");
                }
            }
            at = end;
        }
        return new PaxRecords(path, size);
    }

    private static int length(byte[] bytes, int at) {
        int value = 0;
        int i = at;
        for (; i < bytes.length && i < at + 7 && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        boolean sound =
                i < bytes.length
                        && i > at
                        && bytes[at] != '0'
                        && bytes[i] == ' '
                        && value > i - at + 1
                        && value <= bytes.length - at
                        && bytes[at + value - 1] == '\n';
        if (!sound) {
            throw ContentException.malformed("a record of a PAX header has no sound length");
        }
        return value;
    }

    private static String text(byte[] bytes, int from, int to) {
        int start = from;
        while (bytes[start] != ' ') {
            start++;
        }
        String text = Utf8.decode(bytes, start + 1, to - 1);
        if (text.indexOf('=') < 1) {
            throw ContentException.malformed("a record of a PAX header has no key");
        }
        return text;
    }

    private static long decimal(String value) {
        if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(c -> isDigit(c))) {
            throw ContentException.malformed("a PAX size is not a plain number");
        }
        return Long.parseLong(value);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static void refuse(boolean wrong, String key, String fault) {
        if (wrong) {
            throw new ContentException(
                    ContentException.Reason.UNSUPPORTED_ENTRY,
                    "the PAX key " + PathRules.shown(key) + " " + fault);
        }
    }
}
