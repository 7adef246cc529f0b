package io.ggen.marketplace.model;

import java.util.ArrayList;
import java.util.List;

/** Reads one version from left to right, in time linear in its length. */
final class VersionReader {
    private final String text;
    private int at;

    VersionReader(String text) {
        this.text = text;
    }

    /** Returns the version that is the whole text. */
    Version read() {
        if (text.length() > Version.MAX_LENGTH) {
            throw refused();
        }
        long major = number();
        expect('.');
        long minor = number();
        expect('.');
        long patch = number();
        List<String> preRelease = List.of();
        if (isNext('-')) {
            preRelease = identifiers(true);
        }
        List<String> build = List.of();
        if (isNext('+')) {
            build = identifiers(false);
        }
        if (at != text.length()) {
            throw refused();
        }
        return new Version(major, minor, patch, preRelease, String.join(".", build));
    }

    private long number() {
        int from = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        int digits = at - from;
        if (digits == 0 || digits > 16 || (digits > 1 && text.charAt(from) == '0')) {
            throw refused();
        }
        long value = Long.parseLong(text, from, at, 10);
        if (value > Version.MAX_NUMBER) {
            throw new IllegalArgumentException("a version number is over 2^53 - 1: " + value);
        }
        return value;
    }

    private List<String> identifiers(boolean preRelease) {
        List<String> identifiers = new ArrayList<>();
        do {
            int from = at;
            while (at < text.length() && isIdentifier(text.charAt(at))) {
                at++;
            }
            String identifier = text.substring(from, at);
            if (identifier.isEmpty() || (preRelease && hasLeadingZero(identifier))) {
                throw refused();
            }
            identifiers.add(identifier);
        } while (isNext('.'));
        return identifiers;
    }

    private static boolean hasLeadingZero(String identifier) {
        return identifier.length() > 1
                && identifier.charAt(0) == '0'
                && Version.isNumeric(identifier);
    }

    private boolean isNext(char c) {
        boolean next = at < text.length() && text.charAt(at) == c;
        at += next ? 1 : 0;
        return next;
    }

    private void expect(char c) {
        if (!isNext(c)) {
            throw refused();
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isIdentifier(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    }

    private IllegalArgumentException refused() {
        return new IllegalArgumentException("not a version like 1.2.3: " + Shown.text(text));
    }
}
