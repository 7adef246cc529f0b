package io.ggen.content;

import java.util.OptionalLong;

/**
 * Which blocks below the end of a path are meant.
 *
 * @see <a href="https://specs.ipfs.tech/http-gateways/trustless-gateway/">Trustless gateway</a>
 */
public sealed interface DagScope {
    /** The one block. */
    record BlockOnly() implements DagScope {}

    /** The blocks of one file, or those that name the entries of one folder. */
    record Entity(Range range) implements DagScope {}

    /** Everything below. */
    record All() implements DagScope {}

    /**
     * A part of a file, both ends included; negative ones count from its end.
     *
     * @param to empty for the end of the file
     */
    record Range(long from, OptionalLong to) {
        /** Returns the whole of a file. */
        public static Range whole() {
            return new Range(0, OptionalLong.empty());
        }

        boolean isWhole() {
            return from == 0 && to.isEmpty();
        }

        /** Returns the first byte that is meant of a file of {@code size} bytes. */
        long first(long size) {
            return from < 0 ? Math.max(0, size + from) : from;
        }

        /** Returns the first byte behind those that are meant. */
        long end(long size) {
            long last = to.orElse(size - 1);
            long behind = last < 0 ? size + last + 1 : last == Long.MAX_VALUE ? last : last + 1;
            return Math.min(size, behind);
        }
    }
}
