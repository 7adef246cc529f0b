package io.ggen.multiformats;

import io.ggen.base.Bytes;

import java.util.Arrays;

/** IP addresses as text (RFC 4291, printed as RFC 5952 has it), without any look-up. */
final class IpText {
    private static final int GROUPS = 8;

    private IpText() {}

    static Bytes parse4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] bytes = new byte[4];
        if (parts.length != bytes.length) {
            throw refused(text);
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) digits(parts[i], 10, 255, text);
        }
        return Bytes.wrap(bytes);
    }

    static String format4(Bytes value) {
        return (value.get(0) & 0xff)
                + "."
                + (value.get(1) & 0xff)
                + "."
                + (value.get(2) & 0xff)
                + "."
                + (value.get(3) & 0xff);
    }

    static Bytes parse6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            throw refused(text);
        }
        int[] head = groups(gap < 0 ? text : text.substring(0, gap), text);
        int[] tail = gap < 0 ? new int[0] : groups(text.substring(gap + 2), text);
        int known = head.length + tail.length;
        if (gap < 0 ? known != GROUPS : known >= GROUPS) {
            throw refused(text);
        }
        int[] all = Arrays.copyOf(head, GROUPS);
        System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
        byte[] bytes = new byte[2 * GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            bytes[2 * i] = (byte) (all[i] >> 8);
            bytes[2 * i + 1] = (byte) all[i];
        }
        return Bytes.wrap(bytes);
    }

    private static int[] groups(String part, String text) {
        if (part.isEmpty()) {
            return new int[0];
        }
        String[] parts = part.split(":", -1);
        boolean mapped = parts[parts.length - 1].indexOf('.') >= 0;
        int[] groups = new int[parts.length + (mapped ? 1 : 0)];
        if (groups.length > GROUPS) {
            throw refused(text);
        }
        for (int i = 0; i < parts.length; i++) {
            if (mapped && i == parts.length - 1) {
                Bytes last = parse4(parts[i]);
                groups[i] = (last.get(0) & 0xff) << 8 | (last.get(1) & 0xff);
                groups[i + 1] = (last.get(2) & 0xff) << 8 | (last.get(3) & 0xff);
            } else {
                groups[i] = digits(parts[i], 16, 0xffff, text);
            }
        }
        return groups;
    }

    static String format6(Bytes value) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (value.get(2 * i) & 0xff) << 8 | (value.get(2 * i + 1) & 0xff);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(i == 0 || i == start + length ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static int digits(String digits, int radix, int most, String text) {
        boolean plain =
                !digits.isEmpty()
                        && digits.length() <= 4
                        && digits.chars().allMatch(c -> Character.digit(c, radix) >= 0 && c < 128);
        int value = plain ? Integer.parseInt(digits, radix) : most + 1;
        if (value > most || (radix == 10 && digits.length() > 1 && digits.charAt(0) == '0')) {
            throw refused(text);
        }
        return value;
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("not an IP address: " + text);
    }
}
