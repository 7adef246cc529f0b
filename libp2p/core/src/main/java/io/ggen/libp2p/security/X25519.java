package io.ggen.libp2p.security;

import io.ggen.base.Bytes;
import io.ggen.base.CryptoProvider;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

import javax.crypto.KeyAgreement;

/** Diffie-Hellman on Curve25519 (RFC 7748) over raw 32-byte keys. Stateless. */
final class X25519 {
    static final int LENGTH = 32;

    private static final String NAME = "XDH";
    private static final Bytes PKCS8_PREFIX = Bytes.fromHex("302e020100300506032b656e04220420");
    private static final Bytes X509_PREFIX = Bytes.fromHex("302a300506032b656e032100");

    private X25519() {}

    /** A secret scalar and its public key. */
    record KeyPair(Bytes secret, Bytes publicKey) {
        static KeyPair generate() {
            byte[] secret = new byte[LENGTH];
            new SecureRandom().nextBytes(secret);
            return of(Bytes.wrap(secret));
        }

        static KeyPair of(Bytes secret) {
            byte[] base = new byte[LENGTH];
            base[0] = 9;
            return new KeyPair(secret, agree(secret, Bytes.wrap(base)));
        }

        @Override
        public String toString() {
            return "KeyPair[" + publicKey.hex() + "]";
        }
    }

    /**
     * Returns the shared secret of 32 bytes; throws IllegalArgumentException for a public key of
     * small order.
     */
    static Bytes agree(Bytes secret, Bytes publicKey) {
        try {
            CryptoProvider provider = CryptoProvider.fast();
            KeyFactory factory = provider.keyFactory(NAME);
            PrivateKey mine =
                    factory.generatePrivate(
                            new PKCS8EncodedKeySpec(PKCS8_PREFIX.concat(secret).toArray()));
            PublicKey theirs =
                    factory.generatePublic(
                            new X509EncodedKeySpec(X509_PREFIX.concat(publicKey).toArray()));
            KeyAgreement agreement = provider.keyAgreement(NAME);
            agreement.init(mine);
            agreement.doPhase(theirs, true);
            return Bytes.wrap(agreement.generateSecret());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a usable Curve25519 key", e);
        }
    }
}
