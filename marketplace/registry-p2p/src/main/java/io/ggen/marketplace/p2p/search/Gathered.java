package io.ggen.marketplace.p2p.search;

import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.model.SignedRecord;

import java.util.List;
import java.util.Set;

/**
 * What other nodes answered, verified.
 *
 * @param records each once, in the order of the first answer that had it; a yank after its release
 * @param answered who answered in time
 * @param isComplete whether all who were asked answered, and none left anything out
 */
public record Gathered(List<SignedRecord> records, Set<PeerId> answered, boolean isComplete) {
    /** Copies the collections. */
    public Gathered {
        records = List.copyOf(records);
        answered = Set.copyOf(answered);
    }
}
