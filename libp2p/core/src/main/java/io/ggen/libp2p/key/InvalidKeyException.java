package io.ggen.libp2p.key;

/** A key, peer id, signature or signed record that a peer sent is not what it must be. */
public final class InvalidKeyException extends RuntimeException {
    /** Says what is wrong. */
    public InvalidKeyException(String message) {
        super(message);
    }

    /** Says what is wrong, found through {@code cause}. */
    public InvalidKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
