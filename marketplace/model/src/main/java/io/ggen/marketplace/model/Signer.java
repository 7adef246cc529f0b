package io.ggen.marketplace.model;

import io.ggen.base.Bytes;

/** Someone who can sign as a publisher. */
public interface Signer {
    /** Returns whose signatures these are. */
    Did did();

    /** Returns the 64 bytes of an Ed25519 signature over {@code message}. */
    Bytes sign(Bytes message);
}
