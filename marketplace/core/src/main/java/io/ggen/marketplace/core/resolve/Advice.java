package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to do about a failure: what is there, what is nearest, and what would have worked. */
final class Advice {
    private static final int SHOWN = 6;
    private static final int TRIALS = 3;

    private final List<Incompatibility> core;

    /** Resolves again with one requirement changed. */
    @FunctionalInterface
    interface Trial {
        /** Returns the version that {@code changed}, in place of {@code original}, would get. */
        Optional<Version> fits(Dependency original, Dependency changed);
    }

    Advice(List<Incompatibility> core) {
        this.core = core;
    }

    /** Returns one or more sentences. */
    String hint(Trial trial) {
        List<String> hints = new ArrayList<>();
        for (Incompatibility fact : core) {
            unavailable(fact).ifPresent(hints::add);
        }
        if (hints.isEmpty()) {
            hints.addAll(relaxed(trial));
        }
        if (core.stream().anyMatch(Advice::isYanked)) {
            hints.add("--allow-yanked takes yanked versions");
        }
        if (hints.isEmpty()) {
            hints.add("ask for other versions, or leave one of these packages out");
        }
        return String.join("; ", hints);
    }

    private static boolean isYanked(Incompatibility fact) {
        return fact.cause instanceof Cause.Refused refused && refused.yanked();
    }

    /** Says what there is, where nothing matches a range or a package is unknown. */
    private static Optional<String> unavailable(Incompatibility fact) {
        return switch (fact.cause) {
            case Cause.Required(var dependency, var on) -> available(dependency, on, true);
            case Cause.Depends(var from, var dependency, var on) ->
                    available(dependency, on, false);
            default -> Optional.empty();
        };
    }

    private static Optional<String> available(Dependency dependency, Node on, boolean direct) {
        if (on.candidates.isEmpty()) {
            return Optional.of("look for it with: ggen marketplace search " + on.ref.id().name());
        }
        if (!Bits.isEmpty(on.within(dependency.range()))) {
            return Optional.empty();
        }
        List<Integer> ascending = Wording.ascending(on);
        List<String> texts = new ArrayList<>();
        for (int value : ascending.reversed()) {
            texts.add(on.version(value).toString());
        }
        String more = texts.size() > SHOWN ? " and " + (texts.size() - SHOWN) + " more" : "";
        String shown = String.join(", ", texts.subList(0, Math.min(SHOWN, texts.size())));
        String best = direct ? "; try " + on + "@" + suggestion(on.version(1)) : "";
        return Optional.of("available versions of " + on + ": " + shown + more + best);
    }

    private static String suggestion(Version version) {
        return "^" + version;
    }

    /** Says which requirement, asked for otherwise, would have worked. */
    private List<String> relaxed(Trial trial) {
        List<String> alternatives = new ArrayList<>();
        int trials = 0;
        for (Incompatibility fact : core) {
            if (fact.cause instanceof Cause.Required(Dependency dependency, Node on)
                    && !dependency.optional()
                    && trials++ < TRIALS) {
                trial.fits(dependency, anyVersion(dependency))
                        .ifPresent(version ->
                                alternatives.add(
                                        on
                                                + "@"
                                                + suggestion(version)
                                                + " instead of "
                                                + dependency.range()));
            }
        }
        return alternatives.isEmpty()
                ? List.of()
                : List.of("try " + String.join(", or ", alternatives));
    }

    private static Dependency anyVersion(Dependency dependency) {
        return new Dependency(dependency.id(), VersionRange.any(), dependency.publisher(), false);
    }
}
