package io.ggen.libp2p.key;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoWriter;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** A peer's secret key. Immutable and thread-safe; its text says nothing of the secret. */
public sealed interface PrivateKey {
    /** The longest encoding that is read, in bytes: an RSA key of 8192 bits with room. */
    int MAX_LENGTH = 8192;

    /** Returns the public half. */
    PublicKey publicKey();

    /** Signs {@code message} as the key's type has it. */
    Bytes sign(Bytes message);

    /** Makes a new key from the platform's secure random source; RSA keys have 2048 bits. */
    static PrivateKey generate(KeyType type) {
        return switch (type) {
            case ED25519 -> new OfEd25519(Ed25519.generate());
            case SECP256K1 -> new OfSecp256k1(Secp256k1.generate());
            case RSA, ECDSA -> OfPlatform.generate(type);
        };
    }

    /** Returns the Ed25519 key of a 32-byte seed. */
    static PrivateKey ofSeed(Bytes seed) {
        return new OfEd25519(Ed25519.fromSeed(seed));
    }

    /**
     * Reads the protobuf form. Its data is by type: Ed25519 seed and public key, the latter once
     * more in an old form; secp256k1 32 bytes; RSA a DER RSAPrivateKey (PKCS #1); ECDSA a DER
     * ECPrivateKey (SEC 1).
     *
     * @throws InvalidKeyException for anything else
     */
    static PrivateKey decode(Bytes encoded) {
        try {
            Bytes data = PublicKey.KeyMessage.data(encoded, MAX_LENGTH);
            PrivateKey key =
                    switch (PublicKey.KeyMessage.type(encoded)) {
                        case ED25519 -> OfEd25519.read(data);
                        case SECP256K1 -> new OfSecp256k1(Secp256k1.secret(data));
                        case RSA -> new OfPlatform(KeyType.RSA, StoredKeys.rsa(data));
                        case ECDSA -> new OfPlatform(KeyType.ECDSA, StoredKeys.ecdsa(data));
                    };
            if (!key.publicKey().verify(encoded, key.sign(encoded))) {
                throw new InvalidKeyException("the private key does not sign for its public key");
            }
            return key;
        } catch (MalformedMessageException e) {
            throw new InvalidKeyException("malformed private key: " + e.getMessage(), e);
        }
    }

    /** An Ed25519 key, which can be kept in a file. */
    record OfEd25519(Ed25519.KeyPair pair) implements PrivateKey {
        private static OfEd25519 read(Bytes data) {
            if (data.length() != 64 && data.length() != 96) {
                throw new InvalidKeyException(
                        "an Ed25519 private key has 64 or 96 bytes, not " + data.length());
            }
            var key = new OfEd25519(Ed25519.fromSeed(data.slice(0, 32)));
            for (int at = 32; at < data.length(); at += 32) {
                if (!data.slice(at, at + 32).equals(key.publicKey().data())) {
                    throw new InvalidKeyException(
                            "the private key does not belong to the public key beside it");
                }
            }
            return key;
        }

        @Override
        public PublicKey publicKey() {
            return new PublicKey(KeyType.ED25519, pair.publicKey());
        }

        @Override
        public Bytes sign(Bytes message) {
            return Ed25519.sign(pair.seed(), message);
        }

        /** Returns the protobuf form that {@link PrivateKey#decode} reads. */
        public Bytes encode() {
            return new ProtoWriter()
                    .uint64(1, KeyType.ED25519.code())
                    .bytes(2, pair.seed().concat(pair.publicKey()))
                    .toBytes();
        }
    }

    /** A secp256k1 key. */
    final class OfSecp256k1 implements PrivateKey {
        private final BigInteger secret;

        private OfSecp256k1(BigInteger secret) {
            this.secret = secret;
        }

        @Override
        public PublicKey publicKey() {
            return new PublicKey(KeyType.SECP256K1, Secp256k1.publicKey(secret));
        }

        @Override
        public Bytes sign(Bytes message) {
            return Secp256k1.sign(secret, message);
        }
    }

    /** An RSA or P-256 key of the platform. */
    final class OfPlatform implements PrivateKey {
        private final KeyType type;
        private final KeyPair pair;

        private OfPlatform(KeyType type, KeyPair pair) {
            this.type = type;
            this.pair = pair;
        }

        private static OfPlatform generate(KeyType type) {
            try {
                KeyPairGenerator generator =
                        KeyPairGenerator.getInstance(type == KeyType.RSA ? "RSA" : "EC");
                if (type == KeyType.RSA) {
                    generator.initialize(2048);
                } else {
                    generator.initialize(new ECGenParameterSpec("secp256r1"));
                }
                return new OfPlatform(type, generator.generateKeyPair());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the platform lacks " + type, e);
            }
        }

        @Override
        public PublicKey publicKey() {
            return new PublicKey(type, Bytes.of(pair.getPublic().getEncoded()));
        }

        @Override
        public Bytes sign(Bytes message) {
            try {
                Signature signature = Signature.getInstance(JcaKeys.signatureName(type));
                signature.initSign(pair.getPrivate());
                signature.update(message.buffer());
                return Bytes.wrap(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("cannot sign with " + type, e);
            }
        }
    }
}
