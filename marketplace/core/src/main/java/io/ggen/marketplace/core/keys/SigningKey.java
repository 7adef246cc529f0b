package io.ggen.marketplace.core.keys;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Signer;

/** A publisher's key, ready to sign. Never printed; thread-safe. */
public final class SigningKey implements Signer {
    private final String name;
    private final Did did;
    private final Bytes seed;

    SigningKey(String name, Did did, Bytes seed) {
        this.name = name;
        this.did = did;
        this.seed = seed;
    }

    /** Returns the name of its file. */
    public String name() {
        return name;
    }

    @Override
    public Did did() {
        return did;
    }

    @Override
    public Bytes sign(Bytes message) {
        return Ed25519.sign(seed, message);
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "SigningKey[" + name + ", " + did + "]";
    }
}
