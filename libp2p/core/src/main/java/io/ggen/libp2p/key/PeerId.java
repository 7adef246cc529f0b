package io.ggen.libp2p.key;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multibase;
import io.ggen.multiformats.Multihash;

import java.util.Optional;

/**
 * The name of a peer: the multihash of its public key, which holds the key itself when that is
 * short. Immutable, ordered by its bytes.
 *
 * @param multihash the binary form
 * @see <a href="https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md#peer-ids">peer
 *     ids</a>
 */
public record PeerId(Bytes multihash) implements Comparable<PeerId> {
    private static final int MAX_INLINE_KEY = 42;
    private static final long LIBP2P_KEY = 0x72;

    /** Checks that it is a multihash that names a key; throws {@link InvalidKeyException}. */
    public PeerId {
        try {
            long code = Multihash.decode(multihash).code();
            if (code != Multihash.IDENTITY && code != Multihash.SHA2_256) {
                throw new InvalidKeyException(
                        "a peer id is an identity or SHA-256 multihash, not 0x"
                                + Long.toHexString(code));
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("malformed peer id: " + e.getMessage(), e);
        }
    }

    /** Returns the id that belongs to {@code key}. */
    public static PeerId of(PublicKey key) {
        Bytes encoded = key.encode();
        Multihash hash =
                encoded.length() <= MAX_INLINE_KEY
                        ? new Multihash(Multihash.IDENTITY, encoded)
                        : Multihash.of(Sha256.of(encoded));
        return new PeerId(hash.encode());
    }

    /**
     * Reads either text form: base58 {@code 12D3Koo…} and {@code Qm…}, or a CID; throws {@link
     * InvalidKeyException}.
     */
    public static PeerId parse(String text) {
        try {
            if (text.startsWith("1") || text.startsWith("Qm")) {
                return new PeerId(Multibase.BASE58BTC.decodeBare(text));
            }
            Cid cid = Cid.parse(text);
            if (cid.version() != 1 || cid.codec() != LIBP2P_KEY) {
                throw new InvalidKeyException("a peer id as CID has the codec libp2p-key: " + text);
            }
            return new PeerId(cid.hash().encode());
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("not a peer id: " + e.getMessage(), e);
        }
    }

    /** Returns the key, where this id holds it. */
    public Optional<PublicKey> publicKey() {
        Multihash hash = Multihash.decode(multihash);
        return hash.code() == Multihash.IDENTITY
                ? Optional.of(PublicKey.decode(hash.digest()))
                : Optional.empty();
    }

    /** Returns whether this id is the one of {@code key}. */
    public boolean matches(PublicKey key) {
        return equals(of(key));
    }

    /** Returns the CID form, {@code bafz…}. */
    public Cid toCid() {
        return new Cid(1, LIBP2P_KEY, Multihash.decode(multihash));
    }

    @Override
    public int compareTo(PeerId other) {
        return multihash.compareTo(other.multihash);
    }

    /** Returns the base58 form. */
    @Override
    public String toString() {
        return Multibase.BASE58BTC.encodeBare(multihash);
    }
}
