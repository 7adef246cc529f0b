package io.ggen.libp2p.key;

import io.ggen.base.Bytes;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;

/** RSA and ECDSA through the platform's cryptography. Stateless. */
final class JcaKeys {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 64;
    private static final int P256_BITS = 256;

    private JcaKeys() {}

    static void check(KeyType type, Bytes data) {
        switch (parse(type, data)) {
            case RSAPublicKey rsa -> {
                int bits = rsa.getModulus().bitLength();
                if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
                    throw new InvalidKeyException("an RSA key has 2048 to 8192 bits, not " + bits);
                }
                if (rsa.getPublicExponent().bitLength() > MAX_EXPONENT_BITS) {
                    throw new InvalidKeyException("the exponent of an RSA key is too large");
                }
            }
            case ECPublicKey ec -> {
                int bits = ec.getParams().getCurve().getField().getFieldSize();
                if (bits != P256_BITS) {
                    throw new InvalidKeyException(
                            "an ECDSA key is on P-256, not on a field of " + bits + " bits");
                }
            }
            default -> throw new InvalidKeyException("not a key of type " + type);
        }
    }

    static boolean verify(KeyType type, Bytes data, Bytes message, Bytes signature) {
        try {
            Signature verifier = Signature.getInstance(signatureName(type));
            verifier.initVerify(parse(type, data));
            verifier.update(message.buffer());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static String signatureName(KeyType type) {
        return type == KeyType.RSA ? "SHA256withRSA" : "SHA256withECDSA";
    }

    private static PublicKey parse(KeyType type, Bytes data) {
        try {
            return KeyFactory.getInstance(type == KeyType.RSA ? "RSA" : "EC")
                    .generatePublic(new X509EncodedKeySpec(data.toArray()));
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("malformed " + type + " key: " + e.getMessage(), e);
        }
    }
}
