package io.ggen.marketplace.model;

import io.ggen.base.Sha256;

import org.jspecify.annotations.Nullable;

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
        if (!isChain(chain)) {
            throw new IllegalArgumentException("a chain is 16 lower-case hexadecimal digits");
        }
        if (sequence < 1 || previous.isPresent() != (sequence > 1)) {
            throw new IllegalArgumentException(
                    "sequence " + sequence + " does not fit its previous record");
        }
    }

    private static boolean isChain(String chain) {
        boolean isChain = chain.length() == 16;
        for (int i = 0; isChain && i < chain.length(); i++) {
            char c = chain.charAt(i);
            isChain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        return isChain;
    }

    // A record's own ways are made at run time and cost each process some 10 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origin it
                && publisher.equals(it.publisher)
                && chain.equals(it.chain)
                && sequence == it.sequence
                && previous.equals(it.previous);
    }

    @Override
    public int hashCode() {
        return chain.hashCode() * 31 + Long.hashCode(sequence);
    }
}
