package io.ggen.marketplace.core.publish;

import java.util.ArrayList;
import java.util.List;

/** Patterns in order: the last one that matches decides. */
record PatternList(List<PathPattern> patterns) {
    /** What a list says of a path. */
    enum Verdict {
        /** A pattern matches. */
        MATCHED,
        /** A pattern with {@code !} takes it back. */
        TAKEN_BACK,
        /** None matches. */
        SILENT
    }

    static PatternList of(Iterable<String> lines) {
        List<PathPattern> patterns = new ArrayList<>();
        for (String line : lines) {
            PathPattern.parse(line).ifPresent(patterns::add);
        }
        return new PatternList(patterns);
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    Verdict verdict(String path, boolean folder) {
        for (int i = patterns.size() - 1; i >= 0; i--) {
            PathPattern pattern = patterns.get(i);
            if (pattern.matches(path, folder)) {
                return pattern.negated() ? Verdict.TAKEN_BACK : Verdict.MATCHED;
            }
        }
        return Verdict.SILENT;
    }
}
