package io.ggen.base;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;

/** A SHA-256 digest: exactly 32 bytes. Immutable. */
public record Sha256(Bytes bytes) {
    /** The length of a digest in bytes. */
    public static final int LENGTH = 32;

    /** Checks the length. */
    public Sha256 {
        if (bytes.length() != LENGTH) {
            throw new IllegalArgumentException(
                    "a SHA-256 digest has 32 bytes, not " + bytes.length());
        }
    }

    /** Returns the digest of {@code content}. */
    public static Sha256 of(Bytes content) {
        MessageDigest digest = CryptoProvider.forHashing(content.length()).sha256();
        content.updateInto(digest);
        return finish(digest);
    }

    /** Reads 64 lower-case hexadecimal digits; throws IllegalArgumentException on anything else. */
    public static Sha256 fromHex(String hex) {
        boolean wellFormed = hex.length() == 2 * LENGTH;
        for (int i = 0; wellFormed && i < hex.length(); i++) {
            wellFormed = isLowerHex(hex.charAt(i));
        }
        if (!wellFormed) {
            throw new IllegalArgumentException(
                    "a SHA-256 digest is 64 lower-case hexadecimal digits");
        }
        return new Sha256(Bytes.fromHex(hex));
    }

    /**
     * Returns a fresh digester, to be ended with {@link #finish}: quick to begin with for a little,
     * fast for a lot.
     */
    public static MessageDigest digest() {
        return new AdaptiveSha256();
    }

    /** Returns what {@code digest} has gathered and resets it. */
    public static Sha256 finish(MessageDigest digest) {
        return new Sha256(Bytes.wrap(digest.digest()));
    }

    /** Returns 64 lower-case hexadecimal digits. */
    public String hex() {
        return bytes.hex();
    }

    private static boolean isLowerHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    // A record's own ways are made at run time and cost each process some 10 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sha256 it && it.bytes.equals(bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return hex();
    }
}
