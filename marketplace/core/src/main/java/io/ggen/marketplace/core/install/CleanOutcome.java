package io.ggen.marketplace.core.install;

import java.util.List;

/**
 * What a cleaning freed.
 *
 * @param removed what is gone, for people: contents by CID, and derived folders by name
 */
public record CleanOutcome(long freedBytes, List<String> removed) {
    /** Copies the list. */
    public CleanOutcome {
        removed = List.copyOf(removed);
    }
}
