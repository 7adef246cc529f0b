package io.ggen.marketplace.core.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One pattern of a {@code .gitignore}: {@code *}, {@code ?}, {@code [a-z]}, {@code **} for any
 * number of folders, {@code !} in front to take back, a slash at the end for folders alone, a slash
 * elsewhere to anchor it. Matches in time proportional to pattern times path.
 *
 * @see <a href="https://git-scm.com/docs/gitignore">gitignore</a>
 */
final class PathPattern {
    private static final String ANY_FOLDERS = "**";

    private final List<String> segments;
    private final boolean negated;
    private final boolean foldersOnly;

    private PathPattern(List<String> segments, boolean negated, boolean foldersOnly) {
        this.segments = segments;
        this.negated = negated;
        this.foldersOnly = foldersOnly;
    }

    /** Reads one line; empty for a comment and a blank one. */
    static Optional<PathPattern> parse(String line) {
        String text = stripSpaces(line);
        boolean negated = text.startsWith("!");
        text = negated ? text.substring(1) : text;
        boolean foldersOnly = text.endsWith("/");
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.isEmpty() || line.startsWith("#")) {
            return Optional.empty();
        }
        return Optional.of(new PathPattern(segments(text), negated, foldersOnly));
    }

    boolean negated() {
        return negated;
    }

    /** Returns whether {@code path}, relative to the pattern's folder, is meant. */
    boolean matches(String path, boolean folder) {
        return (folder || !foldersOnly) && matchSegments(path.split("/", -1));
    }

    private static String stripSpaces(String line) {
        int end = line.length();
        while (end > 0
                && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\r')
                && (end < 2 || line.charAt(end - 2) != '\\')) {
            end--;
        }
        return line.substring(0, end);
    }

    private static List<String> segments(String text) {
        List<String> segments = new ArrayList<>();
        boolean anchored = text.indexOf('/') >= 0;
        if (!anchored) {
            segments.add(ANY_FOLDERS);
            segments.add(text.equals(ANY_FOLDERS) ? "*" : text);
            return segments;
        }
        for (String segment : text.split("/", -1)) {
            boolean again =
                    segment.equals(ANY_FOLDERS)
                            && !segments.isEmpty()
                            && segments.getLast().equals(ANY_FOLDERS);
            if (!segment.isEmpty() && !again) {
                segments.add(segment);
            }
        }
        if (segments.getLast().equals(ANY_FOLDERS)) {
            segments.add("*");
        }
        return segments;
    }

    /** The last {@code **} takes one more folder whenever what follows does not fit. */
    private boolean matchSegments(String[] path) {
        int pattern = 0;
        int at = 0;
        int star = -1;
        int resume = 0;
        while (at < path.length) {
            if (pattern < segments.size() && segments.get(pattern).equals(ANY_FOLDERS)) {
                star = pattern++;
                resume = at;
            } else if (pattern < segments.size() && matchSegment(segments.get(pattern), path[at])) {
                pattern++;
                at++;
            } else if (star >= 0) {
                pattern = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return pattern == segments.size();
    }

    private static boolean matchSegment(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            int next =
                    p < pattern.length() && pattern.charAt(p) != '*'
                            ? matchOne(pattern, p, name.charAt(n))
                            : -1;
            if (next > 0) {
                p = next;
                n++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Returns the index after the part of {@code pattern} that matches {@code c}, or -1. */
    private static int matchOne(String pattern, int p, char c) {
        char first = pattern.charAt(p);
        if (first == '?') {
            return p + 1;
        }
        if (first == '[' && pattern.indexOf(']', p + 2) > 0) {
            return matchClass(pattern, p + 1, c);
        }
        if (first == '\\' && p + 1 < pattern.length()) {
            return pattern.charAt(p + 1) == c ? p + 2 : -1;
        }
        return first == c ? p + 1 : -1;
    }

    private static int matchClass(String pattern, int from, char c) {
        boolean negated = pattern.charAt(from) == '!' || pattern.charAt(from) == '^';
        int first = negated ? from + 1 : from;
        int end = pattern.indexOf(']', first + 1);
        if (end < 0) {
            return -1;
        }
        boolean found = false;
        for (int i = first; i < end; i++) {
            boolean range = i + 2 < end && pattern.charAt(i + 1) == '-';
            char high = pattern.charAt(range ? i + 2 : i);
            found |= c >= pattern.charAt(i) && c <= high;
            i += range ? 2 : 0;
        }
        return found != negated ? end + 1 : -1;
    }
}
