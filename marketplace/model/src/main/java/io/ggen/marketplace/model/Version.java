package io.ggen.marketplace.model;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A version by Semantic Versioning 2.0.0. Ordered by precedence, then by build metadata, so that
 * the order agrees with equality.
 *
 * @param major at most 2^53 - 1, as the next two
 * @param preRelease the identifiers after {@code -}; empty for a release
 * @param build the text after {@code +}, or empty
 * @see <a href="https://semver.org/spec/v2.0.0.html">Semantic Versioning</a>
 */
public record Version(long major, long minor, long patch, List<String> preRelease, String build)
        implements Comparable<Version> {
    /** The longest version that is read, in characters. */
    public static final int MAX_LENGTH = 256;

    /** The largest number in a version. */
    static final long MAX_NUMBER = (1L << 53) - 1;

    /** Copies the identifiers. */
    public Version {
        preRelease = List.copyOf(preRelease);
    }

    // A record's own ways are made at run time and cost each process some 10 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Version it
                && major == it.major
                && minor == it.minor
                && patch == it.patch
                && preRelease.equals(it.preRelease)
                && build.equals(it.build);
    }

    @Override
    public int hashCode() {
        long numbers = (major * 31 + minor) * 31 + patch;
        return (Long.hashCode(numbers) * 31 + preRelease.hashCode()) * 31 + build.hashCode();
    }

    /** Returns the release version of three numbers. */
    public static Version of(long major, long minor, long patch) {
        return new Version(major, minor, patch, List.of(), "");
    }

    /**
     * Reads a full version such as {@code 1.2.3-rc.1+build}.
     *
     * @throws IllegalArgumentException for anything else, also for numbers over 2^53 - 1
     */
    public static Version parse(String text) {
        return new VersionReader(text).read();
    }

    /** Returns whether this is a pre-release. */
    public boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    /** Returns whether major, minor and patch are those of {@code other}. */
    public boolean sameTriple(Version other) {
        return major == other.major && minor == other.minor && patch == other.patch;
    }

    @Override
    public int compareTo(Version other) {
        int order = comparePrecedence(other);
        return order != 0 ? order : build.compareTo(other.build);
    }

    /** Compares as SemVer section 11 does: build metadata does not count. */
    public int comparePrecedence(Version other) {
        int order = Long.compare(major, other.major);
        order = order != 0 ? order : Long.compare(minor, other.minor);
        order = order != 0 ? order : Long.compare(patch, other.patch);
        return order != 0 ? order : comparePreReleases(preRelease, other.preRelease);
    }

    private static int comparePreReleases(List<String> one, List<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = compareIdentifiers(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static int compareIdentifiers(String one, String other) {
        boolean oneNumeric = isNumeric(one);
        boolean otherNumeric = isNumeric(other);
        if (oneNumeric && otherNumeric) {
            int order = Integer.compare(one.length(), other.length());
            return order != 0 ? order : one.compareTo(other);
        }
        return oneNumeric != otherNumeric ? (oneNumeric ? -1 : 1) : one.compareTo(other);
    }

    static boolean isNumeric(String identifier) {
        for (int i = 0; i < identifier.length(); i++) {
            if (identifier.charAt(i) < '0' || identifier.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return major
                + "."
                + minor
                + "."
                + patch
                + (preRelease.isEmpty() ? "" : "-" + String.join(".", preRelease))
                + (build.isEmpty() ? "" : "+" + build);
    }
}
