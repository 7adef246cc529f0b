package io.ggen.marketplace.model;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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
    private static final Pattern SEGMENT = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");
    private static final Pattern DEVICE =
            Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");
    private static final Set<String> RESERVED = Set.of("ggen.lock");

    /** Checks the grammar; throws IllegalArgumentException that says which rule is broken. */
    public PackageId {
        String[] segments = text.split("/", -1);
        if (segments.length > 2) {
            throw new IllegalArgumentException(
                    "a package id has one slash at most: " + shown(text));
        }
        for (String segment : segments) {
            check(segment, text);
        }
    }

    private static void check(String segment, String text) {
        if (!SEGMENT.matcher(segment).matches()) {
            throw new IllegalArgumentException(
                    "a package id has lower-case letters, digits and . _ - inside, at most 64"
                            + " in each of [scope/]name: "
                            + shown(text));
        }
        if (segment.contains("..")
                || DEVICE.matcher(segment).matches()
                || RESERVED.contains(segment)
                || segment.startsWith("index.json")) {
            throw new IllegalArgumentException("a reserved name: " + shown(text));
        }
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= 100
                ? printable
                : printable.substring(0, 100).toLowerCase(Locale.ROOT) + "…";
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

    @Override
    public int compareTo(PackageId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
