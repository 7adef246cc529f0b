package io.ggen.libp2p.key;

import io.ggen.libp2p.Libp2pException;

/** A key, peer id, signature or signed record that a peer sent is not what it must be. */
public final class InvalidKeyException extends Libp2pException {
    /** Says what is wrong. */
    public InvalidKeyException(String message) {
        super(Code.INVALID_KEY, message);
    }

    /** Says what is wrong, found through {@code cause}. */
    public InvalidKeyException(String message, Throwable cause) {
        super(Code.INVALID_KEY, message, cause);
    }
}
