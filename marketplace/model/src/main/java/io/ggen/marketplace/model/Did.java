package io.ggen.marketplace.model;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.multiformats.Multibase;

import org.jspecify.annotations.Nullable;

/**
 * A publisher: the {@code did:key} of an Ed25519 public key in its one canonical form, {@code
 * did:key:z6Mk…}. Equal when the whole text is. Immutable.
 *
 * @see <a href="https://w3c-ccg.github.io/did-key-spec/">did:key</a>
 */
public final class Did implements Comparable<Did> {
    private static final String PREFIX = "did:key:z";
    private static final Bytes MULTICODEC = Bytes.fromHex("ed01");

    private final String text;
    private final Bytes key;

    /** Reads a text; throws IllegalArgumentException when it is not such a did:key. */
    public Did(String text) {
        this.text = text;
        key = decode(text);
    }

    /** Returns the DID of a raw 32-byte public key. */
    public static Did of(Bytes publicKey) {
        return new Did(PREFIX + Multibase.BASE58BTC.encodeBare(MULTICODEC.concat(publicKey)));
    }

    /** Returns {@code did:key:z6Mk…}. */
    public String text() {
        return text;
    }

    /** Returns the raw 32-byte public key. */
    public Bytes publicKey() {
        return key;
    }

    /** Returns the first and last 8 characters of the key's text, for people. */
    public String abbreviated() {
        return text.substring(8, 16) + "…" + text.substring(text.length() - 8);
    }

    private static Bytes decode(String text) {
        if (!text.startsWith(PREFIX) || text.length() > 64) {
            throw new IllegalArgumentException(
                    "not a did:key of an Ed25519 key: " + Shown.text(text));
        }
        Bytes bytes = Multibase.BASE58BTC.decodeBare(text.substring(PREFIX.length()));
        if (!bytes.startsWith(MULTICODEC)
                || bytes.length() != MULTICODEC.length() + Ed25519.KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "not a did:key of an Ed25519 key: " + Shown.text(text));
        }
        Bytes key = bytes.slice(MULTICODEC.length(), bytes.length());
        if (!PointEncoding.isCanonicalPoint(key) || PointEncoding.isSmallOrder(key)) {
            throw new IllegalArgumentException(
                    "a did:key that no honest key has: " + Shown.text(text));
        }
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Did it && it.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public int compareTo(Did other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
