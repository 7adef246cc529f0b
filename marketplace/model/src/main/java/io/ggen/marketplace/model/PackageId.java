package io.ggen.marketplace.model;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Set;

/**
 * The name of a package: {@code name} or {@code scope/name}. One grammar for every place a name is
 * read from.
 *
 * <p>Each segment matches {@code [a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?}, holds no {@code ..}, and is
 * neither a Windows device name nor {@code index.json…} nor {@code ggen.lock}.
 *
 * @param text the whole id
 */
public record PackageId(String text) implements Comparable<PackageId> {
    private static final int MAX_SEGMENT = 64;
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

    /** Checks the grammar; throws IllegalArgumentException that says which rule is broken. */
    public PackageId {
        String[] segments = text.split("/", -1);
        if (segments.length > 2) {
            throw new IllegalArgumentException(
                    "a package id has one slash at most: " + Shown.text(text));
        }
        for (String segment : segments) {
            check(segment, text);
        }
    }

    private static void check(String segment, String text) {
        if (!hasGrammar(segment)) {
            throw new IllegalArgumentException(
                    "a package id has lower-case letters, digits and . _ - inside, at most 64"
                            + " in each of [scope/]name: "
                            + Shown.text(text));
        }
        if (segment.contains("..")
                || isDevice(segment)
                || segment.equals("ggen.lock")
                || segment.startsWith("index.json")) {
            throw new IllegalArgumentException("a reserved name: " + Shown.text(text));
        }
    }

    private static boolean hasGrammar(String segment) {
        int last = segment.length() - 1;
        if (last < 0 || last >= MAX_SEGMENT) {
            return false;
        }
        for (int i = 0; i <= last; i++) {
            char c = segment.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            boolean inside = i > 0 && i < last && (c == '.' || c == '_' || c == '-');
            if (!plain && !inside) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDevice(String segment) {
        int dot = segment.indexOf('.');
        String stem = dot < 0 ? segment : segment.substring(0, dot);
        boolean port = stem.startsWith("com") || stem.startsWith("lpt");
        return DEVICES.contains(stem)
                || (port && stem.length() == 4 && Character.isDigit(stem.charAt(3)));
    }

    /** Returns the part before the slash. */
    public Optional<String> scope() {
        int slash = text.indexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(text.substring(0, slash));
    }

    /** Returns the part after the slash, or the whole id. */
    public String name() {
        return text.substring(text.indexOf('/') + 1);
    }

    /**
     * Returns the relative folder for this id, with {@code /}: {@code name} or {@code @scope/name}.
     */
    public String folder() {
        return text.indexOf('/') < 0 ? text : "@" + text;
    }

    // A record's own ways are made at run time and cost each process some 10 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PackageId it && it.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public int compareTo(PackageId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
