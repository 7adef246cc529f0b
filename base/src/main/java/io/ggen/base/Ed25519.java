package io.ggen.base;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;

/**
 * Ed25519 signatures (RFC 8032) over raw 32-byte keys. Stateless and thread-safe.
 *
 * <p>Signing uses the JDK. Verifying many signatures uses {@link CryptoProvider#fast()}.
 */
public final class Ed25519 {
    /** The length of a public key and of a secret seed in bytes. */
    public static final int KEY_LENGTH = 32;

    /** The length of a signature in bytes. */
    public static final int SIGNATURE_LENGTH = 64;

    static final Bytes PKCS8_PREFIX = Bytes.fromHex("302e020100300506032b657004220420");
    static final Bytes X509_PREFIX = Bytes.fromHex("302a300506032b6570032100");
    private static final String NAME = "Ed25519";

    private Ed25519() {}

    /** A key pair: the secret seed and the public key that belongs to it, 32 bytes each. */
    public record KeyPair(Bytes seed, Bytes publicKey) {
        /** Says nothing of the secret. */
        @Override
        public String toString() {
            return "KeyPair[" + publicKey.hex() + "]";
        }
    }

    /** Makes a new key pair from the platform's secure random source. */
    public static KeyPair generate() {
        byte[] seed = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(seed);
        return fromSeed(Bytes.wrap(seed));
    }

    /** Derives the key pair of a 32-byte {@code seed}. */
    public static KeyPair fromSeed(Bytes seed) {
        try {
            var generator = java.security.KeyPairGenerator.getInstance(NAME);
            generator.initialize(java.security.spec.NamedParameterSpec.ED25519, fixed(seed));
            var publicKey = (EdECPublicKey) generator.generateKeyPair().getPublic();
            byte[] encoded = publicKey.getEncoded();
            return new KeyPair(
                    seed, Bytes.of(encoded).slice(encoded.length - KEY_LENGTH, encoded.length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks Ed25519", e);
        }
    }

    /** Signs {@code message} with the 32-byte {@code seed}; the signature has 64 bytes. */
    public static Bytes sign(Bytes seed, Bytes message) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initSign(new Ed25519Keys.Secret(seed));
            signature.update(message.buffer());
            return Bytes.wrap(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with Ed25519", e);
        }
    }

    /**
     * Returns whether {@code signature} is one of {@code publicKey} over {@code message}; malformed
     * input is false.
     */
    public static boolean verify(Bytes publicKey, Bytes message, Bytes signature) {
        if (publicKey.length() != KEY_LENGTH || signature.length() != SIGNATURE_LENGTH) {
            return false;
        }
        try {
            CryptoProvider provider = CryptoProvider.forVerification();
            Signature verifier = provider.signature(NAME);
            verifier.initVerify(publicKey(provider, publicKey));
            verifier.update(message.buffer());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static SecureRandom fixed(Bytes seed) {
        return new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                seed.buffer().get(bytes);
            }
        };
    }

    private static PublicKey publicKey(CryptoProvider provider, Bytes raw)
            throws GeneralSecurityException {
        if (provider.isJdk()) {
            return new Ed25519Keys.Public(raw);
        }
        return provider.keyFactory(NAME)
                .generatePublic(new X509EncodedKeySpec(X509_PREFIX.concat(raw).toArray()));
    }
}
