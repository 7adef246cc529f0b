package io.ggen.libp2p.key;

import io.ggen.base.Bytes;

import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.EncodedKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;

/**
 * Private keys as other implementations keep them in files, in forms that the platform does not
 * read. BouncyCastle is loaded when the first is met. Stateless.
 */
final class StoredKeys {
    private static final Bytes P256_POINT =
            Bytes.fromHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
    private static final int P256_LENGTH = 32;

    private StoredKeys() {}

    /** Reads a DER RSAPrivateKey; throws InvalidKeyException. */
    static KeyPair rsa(Bytes pkcs1) {
        try {
            var info =
                    new PrivateKeyInfo(
                            new AlgorithmIdentifier(
                                    PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                            RSAPrivateKey.getInstance(pkcs1.toArray()));
            KeyFactory factory = KeyFactory.getInstance("RSA");
            if (factory.generatePrivate(pkcs8(info)) instanceof RSAPrivateCrtKey key) {
                var numbers = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
                return new KeyPair(factory.generatePublic(numbers), key);
            }
            throw new InvalidKeyException("an RSA private key without its public exponent");
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            throw new InvalidKeyException("malformed RSA private key: " + e.getMessage(), e);
        }
    }

    /** Reads a DER ECPrivateKey on P-256; throws InvalidKeyException. */
    static KeyPair ecdsa(Bytes sec1) {
        try {
            var stored = org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(sec1.toArray());
            var info =
                    new PrivateKeyInfo(
                            new AlgorithmIdentifier(
                                    X9ObjectIdentifiers.id_ecPublicKey,
                                    SECObjectIdentifiers.secp256r1),
                            stored);
            KeyFactory factory = KeyFactory.getInstance("EC");
            PrivateKey key = factory.generatePrivate(pkcs8(info));
            Bytes point = P256_POINT.concat(point(stored.getKey()));
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(point.toArray())), key);
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            throw new InvalidKeyException("malformed ECDSA private key: " + e.getMessage(), e);
        }
    }

    private static EncodedKeySpec pkcs8(PrivateKeyInfo info) throws IOException {
        return new PKCS8EncodedKeySpec(info.getEncoded());
    }

    private static Bytes point(BigInteger secret) {
        X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
        if (secret.bitLength() > 8 * P256_LENGTH || secret.mod(curve.getN()).signum() == 0) {
            throw new InvalidKeyException("an ECDSA key is on P-256");
        }
        return Bytes.wrap(curve.getG().multiply(secret).normalize().getEncoded(false));
    }
}
