package io.ggen.marketplace.model;

import java.util.List;

/**
 * A set of versions in the range syntax of node-semver, strict grammar: {@code ^ ~ >= > < <= =},
 * hyphen ranges, x-ranges, partial versions, and {@code ||}. A bare full version is exact. Equal
 * when the text is.
 *
 * <p>A pre-release is contained only where one of its alternative's comparators has the same major,
 * minor and patch and a pre-release of its own.
 *
 * @see <a href="https://github.com/npm/node-semver#ranges">node-semver, ranges</a>
 */
public final class VersionRange {
    /** The longest range that is read, in characters. */
    public static final int MAX_LENGTH = 256;

    private static final VersionRange ANY = parse("*");

    private final String text;
    private final List<List<Comparator>> alternatives;

    private VersionRange(String text, List<List<Comparator>> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    /** Returns the range of every release version. */
    public static VersionRange any() {
        return ANY;
    }

    /** Returns the range that contains {@code version} alone. */
    public static VersionRange exact(Version version) {
        return new VersionRange(
                version.toString(),
                List.of(List.of(new Comparator(Comparator.Operator.EQUAL, version))));
    }

    /**
     * Reads a range such as {@code ^1.2.0 || >=3 <4}.
     *
     * @throws IllegalArgumentException that names the part which is not understood
     */
    public static VersionRange parse(String text) {
        return new VersionRange(text.strip(), new RangeParser(text).alternatives());
    }

    /** Returns whether {@code version} is in this range. */
    public boolean contains(Version version) {
        for (List<Comparator> alternative : alternatives) {
            if (admits(alternative, version)) {
                return true;
            }
        }
        return false;
    }

    private static boolean admits(List<Comparator> comparators, Version version) {
        boolean preReleaseNamed = !version.isPreRelease();
        for (Comparator comparator : comparators) {
            if (!comparator.admits(version)) {
                return false;
            }
            Version bound = comparator.version();
            preReleaseNamed |= bound.isPreRelease() && bound.sameTriple(version);
        }
        return preReleaseNamed;
    }

    /** Returns whether one version alone is meant, as by a bare {@code 1.2.3}. */
    public boolean isExact() {
        return alternatives.size() == 1
                && alternatives.getFirst().size() == 1
                && alternatives.getFirst().getFirst().operator() == Comparator.Operator.EQUAL;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the text that was read, without spaces around it. */
    @Override
    public String toString() {
        return text;
    }
}
