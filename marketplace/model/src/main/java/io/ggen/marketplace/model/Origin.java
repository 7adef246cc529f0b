package io.ggen.marketplace.model;

import io.ggen.base.Sha256;

import java.util.Optional;

/**
 * Who signed a record, and its place in that signer's chain.
 *
 * @param chain 16 lower-case hexadecimal digits, one for each key and home
 * @param sequence 1, 2, 3 … in that chain
 * @param previous id of the record before it; absent at sequence 1
 */
public record Origin(Did publisher, String chain, long sequence, Optional<Sha256> previous) {
    /** Checks chain, sequence, and that a previous record is named exactly from sequence 2 on. */
    public Origin {
        if (!chain.matches("[0-9a-f]{16}")) {
            throw new IllegalArgumentException("a chain is 16 lower-case hexadecimal digits");
        }
        if (sequence < 1 || previous.isPresent() != (sequence > 1)) {
            throw new IllegalArgumentException(
                    "sequence " + sequence + " does not fit its previous record");
        }
    }
}
