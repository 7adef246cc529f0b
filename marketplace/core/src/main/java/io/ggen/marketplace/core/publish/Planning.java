package io.ggen.marketplace.core.publish;

import io.ggen.marketplace.model.Fault;

import java.nio.file.Path;
import java.util.List;

/** What came of looking at a package before publishing it. */
public sealed interface Planning {
    /** It can be published. */
    record Sound(PublishPlan plan) implements Planning {}

    /** It cannot: every fault at once. */
    record Faulty(Path directory, List<Fault> faults) implements Planning {
        /** Copies the list. */
        public Faulty {
            faults = List.copyOf(faults);
        }
    }
}
