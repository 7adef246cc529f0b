package io.ggen.content;

import io.ggen.content.ContentException.Reason;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Which paths a package may hold, the same on every operating system: relative, separated by {@code
 * /}, without empty, {@code .} and {@code ..} segments, in Unicode NFC.
 *
 * <p>Refused as well: control, formatting and line-separator characters (the joiners U+200C and
 * U+200D apart), lone surrogates, {@code \ : * ? " < > |}, a segment that ends with a dot or a
 * space, and the device names of Windows. At most {@value #MAX_SEGMENT} bytes of UTF-8 a segment,
 * {@value #MAX_PATH} in all, {@value #MAX_DEPTH} segments.
 */
public final class PathRules {
    /** The longest segment, in bytes of UTF-8. */
    public static final int MAX_SEGMENT = 255;

    /** The longest path, in bytes of UTF-8. */
    public static final int MAX_PATH = 1024;

    /** The most segments of a path. */
    public static final int MAX_DEPTH = 64;

    private static final String FORBIDDEN = "\\:*?\"<>|";

    private PathRules() {}

    /** Throws {@link ContentException} when {@link #fault} finds one. */
    public static void check(String path) {
        Optional<String> fault = fault(path);
        if (fault.isPresent()) {
            throw new ContentException(
                    Reason.UNSAFE_PATH, "unsafe path " + shown(path) + ": " + fault.get());
        }
    }

    /** Returns what is wrong with {@code path}, or empty when it may stand in a package. */
    public static Optional<String> fault(String path) {
        if (path.isEmpty()) {
            return Optional.of("it is empty");
        }
        if (path.startsWith("/")) {
            return Optional.of("it is absolute");
        }
        if (path.length() > MAX_PATH || Utf8.length(path) > MAX_PATH) {
            return Optional.of("it has more than " + MAX_PATH + " bytes");
        }
        return faultOfCharacters(path).or(() -> faultOfSegments(path));
    }

    /** Returns a text that is equal for paths which some file system takes for one. */
    public static String collisionKey(String path) {
        String folded = path.toLowerCase(Locale.ROOT);
        return Utf8.isAscii(path)
                ? folded
                : Normalizer.normalize(
                        path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT),
                        Normalizer.Form.NFC);
    }

    /** Returns {@code path} for a message: unprintable characters replaced, cut at 120. */
    public static String shown(String path) {
        var text = new StringBuilder("\"");
        for (int i = 0; i < path.length() && i < 120; i++) {
            char c = path.charAt(i);
            text.append(isUnprintable(c) ? '\uFFFD' : c);
        }
        return text.append(path.length() > 120 ? "…\"" : "\"").toString();
    }

    private static Optional<String> faultOfCharacters(String path) {
        boolean ascii = true;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (FORBIDDEN.indexOf(c) >= 0) {
                return Optional.of("it holds the character " + c);
            }
            if (isUnprintable(c) && !pairedSurrogate(path, i)) {
                return Optional.of(
                        String.format(Locale.ROOT, "it holds the character U+%04X", (int) c));
            }
            ascii &= c < 0x80;
        }
        return ascii || Normalizer.isNormalized(path, Normalizer.Form.NFC)
                ? Optional.empty()
                : Optional.of("it is not in Unicode NFC");
    }

    private static boolean isUnprintable(char c) {
        if (c < 0x7f) {
            return c < 0x20;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    true;
            case Character.FORMAT -> c != '\u200C' && c != '\u200D';
            default -> c >= '\uFFFE' || (c >= '\uFDD0' && c <= '\uFDEF');
        };
    }

    private static boolean pairedSurrogate(String path, int i) {
        char c = path.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < path.length()
                    && Character.isLowSurrogate(path.charAt(i + 1))
                    && Character.getType(path.codePointAt(i)) != Character.FORMAT;
        }
        return Character.isLowSurrogate(c)
                && i > 0
                && Character.isHighSurrogate(path.charAt(i - 1));
    }

    private static Optional<String> faultOfSegments(String path) {
        int depth = 0;
        for (int start = 0; start <= path.length(); depth++) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            Optional<String> fault = faultOfSegment(path.substring(start, end));
            if (fault.isPresent()) {
                return fault;
            }
            start = end + 1;
        }
        return depth > MAX_DEPTH
                ? Optional.of("it has more than " + MAX_DEPTH + " levels")
                : Optional.empty();
    }

    private static Optional<String> faultOfSegment(String segment) {
        if (segment.isEmpty()) {
            return Optional.of("it has an empty segment");
        }
        if (segment.equals(".") || segment.equals("..")) {
            return Optional.of("it has a segment " + segment);
        }
        char last = segment.charAt(segment.length() - 1);
        if (last == '.' || last == ' ') {
            return Optional.of("a segment ends with a dot or a space");
        }
        if (Utf8.length(segment) > MAX_SEGMENT) {
            return Optional.of("a segment has more than " + MAX_SEGMENT + " bytes");
        }
        return isDevice(segment)
                ? Optional.of("it holds a device name of Windows")
                : Optional.empty();
    }

    private static boolean isDevice(String segment) {
        int dot = segment.indexOf('.');
        String stem = (dot < 0 ? segment : segment.substring(0, dot)).stripTrailing();
        if (stem.length() < 3 || stem.length() > 4) {
            return false;
        }
        String lower = stem.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "con", "prn", "aux", "nul" -> true;
            default ->
                    lower.length() == 4
                            && (lower.startsWith("com") || lower.startsWith("lpt"))
                            && "0123456789¹²³".indexOf(lower.charAt(3)) >= 0;
        };
    }
}
