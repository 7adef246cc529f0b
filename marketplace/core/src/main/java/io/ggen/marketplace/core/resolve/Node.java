package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A package as the solver sees it. Value 0 is "absent", value k is candidate k - 1; candidates are
 * in order of preference. A node may also stand for an optional dependency: its one candidate is
 * "taken".
 */
final class Node {
    static final int ABSENT = 0;

    private static final List<VersionListing> TAKEN =
            List.of(new VersionListing(Version.of(0, 0, 0), Optional.empty(), false));

    final int index;

    /** Where its words begin in arrays over all nodes. */
    final int offset;

    final PackageRef ref;
    final List<VersionListing> candidates;
    final boolean locked;
    private boolean choice;
    final int values;
    final int words;
    final List<Incompatibility> refusals = new ArrayList<>();

    /** The facts of each value, once they are read. */
    final @Nullable List<Incompatibility>[] facts;

    /** The optional dependencies of each value, once they are read. */
    final @Nullable List<Dependency>[] optional;

    final Map<Edge, Incompatibility> merged = new HashMap<>();
    private final Map<VersionRange, long[]> ranges = new HashMap<>();
    private final List<VersionRange> asked = new ArrayList<>();

    /** What facts are merged by: the node that is depended on, and how. */
    record Edge(Node on, VersionRange range) {
        // A record's own ways are made at run time and cost each process some 10 ms.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Edge it && on == it.on && range.equals(it.range);
        }

        @Override
        public int hashCode() {
            return on.index * 31 + range.hashCode();
        }
    }

    Node(int index, int offset, PackageRef ref, List<VersionListing> candidates, boolean locked) {
        this.index = index;
        this.offset = offset;
        this.ref = ref;
        this.candidates = candidates;
        this.locked = locked;
        this.values = candidates.size() + 1;
        this.words = Bits.words(values);
        this.facts = perValue(values);
        this.optional = perValue(values);
    }

    /** Returns a node that stands for an optional dependency on {@code ref}. */
    static Node choice(int index, int offset, PackageRef ref) {
        Node node = new Node(index, offset, ref, TAKEN, false);
        node.choice = true;
        return node;
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable List<T>[] perValue(int values) {
        return (@Nullable List<T>[]) new List<?>[values];
    }

    /** Returns whether it stands for an optional dependency. */
    boolean isChoice() {
        return choice;
    }

    VersionListing listing(int value) {
        return candidates.get(value - 1);
    }

    Version version(int value) {
        return listing(value).version();
    }

    /** Returns the package of one value, with the publisher its listing names. */
    PackageRef refOf(int value) {
        return new PackageRef(ref.id(), listing(value).publisher());
    }

    /** Returns the candidates in {@code range} as a set. */
    long[] within(VersionRange range) {
        long[] known = ranges.get(range);
        if (known == null) {
            known = new long[words];
            for (int value = 1; value < values; value++) {
                if (range.contains(version(value))) {
                    Bits.add(known, value);
                }
            }
            ranges.put(range, known);
            asked.add(range);
        }
        return known;
    }

    /** Returns the ranges it was asked for with, in the order they came up. */
    List<VersionRange> asked() {
        return asked;
    }

    long[] all() {
        return Bits.all(values);
    }

    /** Returns every value that is not refused. */
    long[] admitted() {
        long[] set = all();
        for (Incompatibility refusal : refusals) {
            set = Bits.minus(set, refusal.words);
        }
        return set;
    }

    long[] only(int value) {
        long[] set = new long[words];
        Bits.add(set, value);
        return set;
    }

    @Override
    public String toString() {
        return ref.id().text();
    }
}
