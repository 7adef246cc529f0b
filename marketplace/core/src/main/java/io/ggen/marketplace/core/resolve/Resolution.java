package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageRef;

import java.util.List;
import java.util.Map;

/** How a resolution ended. */
public sealed interface Resolution {
    /** Returns the solution, or throws what {@link Failed#exception} gives. */
    default Solved orThrow() {
        if (this instanceof Failed failed) { // no pattern switch, for the start of each install
            throw failed.exception();
        }
        return (Solved) this;
    }

    /**
     * Everything fits.
     *
     * @param packages dependencies before what depends on them
     * @param leftOut optional dependencies that were not taken, with reasons
     */
    record Solved(List<ResolvedPackage> packages, List<LeftOut> leftOut) implements Resolution {
        /** Copies the lists. */
        public Solved {
            packages = List.copyOf(packages);
            leftOut = List.copyOf(leftOut);
        }
    }

    /** Nothing fits. */
    sealed interface Failed extends Resolution {
        /** Returns why, for people. */
        Explanation explanation();

        /** Returns this outcome as an error with its code. */
        default MarketplaceException exception() {
            return switch (this) {
                case Unknown(PackageRef ref, Explanation why) ->
                        error(ErrorCode.PACKAGE_NOT_FOUND, why, Map.of("id", ref.id().text()));
                case NoMatch(Dependency wanted, Explanation why) ->
                        error(
                                ErrorCode.NO_MATCHING_VERSION,
                                why,
                                Map.of(
                                        "id",
                                        wanted.id().text(),
                                        "required",
                                        wanted.range().toString()));
                case Conflict(Explanation why) -> error(ErrorCode.DEPENDENCY, why, Map.of());
                case Cycle(List<List<String>> paths, Explanation why) ->
                        error(
                                ErrorCode.CIRCULAR_DEPENDENCY,
                                why,
                                Map.of("cycle", String.join(" -> ", paths.getFirst())));
            };
        }

        private static MarketplaceException error(
                ErrorCode code, Explanation why, Map<String, String> details) {
            return new MarketplaceException(code, why.text(), why.hint(), details);
        }
    }

    /** A package that is asked for directly is not known. */
    record Unknown(PackageRef ref, Explanation explanation) implements Failed {}

    /** A package that is asked for directly has no version that may be taken. */
    record NoMatch(Dependency wanted, Explanation explanation) implements Failed {}

    /** What is asked for cannot be had together. */
    record Conflict(Explanation explanation) implements Failed {}

    /**
     * Whatever else is chosen, some packages depend on themselves.
     *
     * @param paths each cycle whole, as {@code id version} texts; the first is repeated at the end
     */
    record Cycle(List<List<String>> paths, Explanation explanation) implements Failed {
        /** Copies the lists. */
        public Cycle {
            paths = paths.stream().map(List::copyOf).toList();
        }
    }
}
