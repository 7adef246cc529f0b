package io.ggen.libp2p.key;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;

/**
 * A peer's public key. Immutable; a key that this class holds was checked to be usable.
 *
 * @param data by type: Ed25519 32 raw bytes; secp256k1 33 bytes, compressed; RSA and ECDSA a DER
 *     SubjectPublicKeyInfo
 * @see <a href="https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md#keys">peer ids,
 *     keys</a>
 */
public record PublicKey(KeyType type, Bytes data) {
    /** The longest encoding that is read, in bytes: an RSA key of 8192 bits with room. */
    public static final int MAX_LENGTH = 2048;

    private static final int TYPE = 1;
    private static final int DATA = 2;

    /** Checks that the data is a key of that type; throws {@link InvalidKeyException}. */
    public PublicKey {
        switch (type) {
            case ED25519 -> {
                if (data.length() != Ed25519.KEY_LENGTH) {
                    throw new InvalidKeyException(
                            "an Ed25519 key has 32 bytes, not " + data.length());
                }
            }
            case RSA, ECDSA -> JcaKeys.check(type, data);
            case SECP256K1 -> Secp256k1.check(data);
        }
    }

    /** Reads the protobuf form; throws {@link InvalidKeyException}. */
    public static PublicKey decode(Bytes encoded) {
        if (encoded.length() > MAX_LENGTH) {
            throw new InvalidKeyException(
                    "a public key of " + encoded.length() + " bytes is too long");
        }
        try {
            return new PublicKey(KeyMessage.type(encoded), KeyMessage.data(encoded, MAX_LENGTH));
        } catch (MalformedMessageException e) {
            throw new InvalidKeyException("malformed public key: " + e.getMessage(), e);
        }
    }

    /** Returns the protobuf form: type, then data, both always written. */
    public Bytes encode() {
        return new ProtoWriter().uint64(TYPE, type.code()).bytes(DATA, data).toBytes();
    }

    /**
     * Returns whether {@code signature} is this key's over {@code message}; malformed signatures
     * are false.
     */
    public boolean verify(Bytes message, Bytes signature) {
        return switch (type) {
            case ED25519 -> Ed25519.verify(data, message, signature);
            case RSA, ECDSA -> JcaKeys.verify(type, data, message, signature);
            case SECP256K1 -> Secp256k1.verify(data, message, signature);
        };
    }

    /** Returns the id of the peer that has this key. */
    public PeerId peerId() {
        return PeerId.of(this);
    }

    /** The two fields that public and private keys share. */
    static final class KeyMessage {
        private KeyMessage() {}

        static KeyType type(Bytes encoded) {
            var reader = new ProtoReader(encoded);
            while (reader.next()) {
                if (reader.field() == TYPE) {
                    return KeyType.of(reader.uint64());
                }
            }
            throw new InvalidKeyException("the key has no type");
        }

        static Bytes data(Bytes encoded, int most) {
            var reader = new ProtoReader(encoded);
            while (reader.next()) {
                if (reader.field() == DATA) {
                    return reader.bytes(most);
                }
            }
            throw new InvalidKeyException("the key has no data");
        }
    }
}
