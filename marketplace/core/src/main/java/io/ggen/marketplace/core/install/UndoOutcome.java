package io.ggen.marketplace.core.install;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What was taken back.
 *
 * @param command the command that was undone
 * @param at when it had run
 * @param restored what stands there again
 * @param removed what is no longer there
 */
public record UndoOutcome(
        String command,
        Instant at,
        List<ChangeOutcome.Named> restored,
        List<ChangeOutcome.Named> removed) {
    /** Copies the lists; times are told in whole seconds. */
    public UndoOutcome {
        at = at.truncatedTo(ChronoUnit.SECONDS);
        restored = List.copyOf(restored);
        removed = List.copyOf(removed);
    }
}
