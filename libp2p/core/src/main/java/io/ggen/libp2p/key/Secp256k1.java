package io.ggen.libp2p.key;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;

/**
 * ECDSA on secp256k1, which the platform no longer has. BouncyCastle is loaded when the first such
 * key is met.
 */
final class Secp256k1 {
    private static final int COMPRESSED = 33;
    private static final int SECRET = 32;
    private static final int MAX_SIGNATURE = 80;
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

    private Secp256k1() {}

    static void check(Bytes data) {
        if (data.length() != COMPRESSED) {
            throw new InvalidKeyException("a secp256k1 key has 33 bytes, not " + data.length());
        }
        parameters(data);
    }

    static boolean verify(Bytes key, Bytes message, Bytes signature) {
        if (signature.length() > MAX_SIGNATURE) {
            return false;
        }
        try (var in = new ASN1InputStream(signature.toArray())) {
            ASN1Sequence sequence = ASN1Sequence.getInstance(in.readObject());
            if (sequence == null || sequence.size() != 2 || in.read() >= 0) {
                return false;
            }
            var signer = new ECDSASigner();
            signer.init(false, parameters(key));
            return signer.verifySignature(
                    Sha256.of(message).bytes().toArray(),
                    ASN1Integer.getInstance(sequence.getObjectAt(0)).getPositiveValue(),
                    ASN1Integer.getInstance(sequence.getObjectAt(1)).getPositiveValue());
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns a new secret scalar of 32 bytes. */
    static BigInteger generate() {
        var random = new SecureRandom();
        BigInteger secret;
        do {
            secret = new BigInteger(256, random);
        } while (secret.signum() == 0 || secret.compareTo(DOMAIN.getN()) >= 0);
        return secret;
    }

    /** Reads a secret scalar of 32 bytes; throws InvalidKeyException. */
    static BigInteger secret(Bytes data) {
        BigInteger secret = new BigInteger(1, data.toArray());
        if (data.length() != SECRET
                || secret.signum() == 0
                || secret.compareTo(DOMAIN.getN()) >= 0) {
            throw new InvalidKeyException("not a private key of secp256k1");
        }
        return secret;
    }

    static Bytes publicKey(BigInteger secret) {
        return Bytes.wrap(DOMAIN.getG().multiply(secret).normalize().getEncoded(true));
    }

    static Bytes sign(BigInteger secret, Bytes message) {
        var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(secret, DOMAIN));
        BigInteger[] parts = signer.generateSignature(Sha256.of(message).bytes().toArray());
        BigInteger half = DOMAIN.getN().shiftRight(1);
        BigInteger low = parts[1].compareTo(half) > 0 ? DOMAIN.getN().subtract(parts[1]) : parts[1];
        try {
            return Bytes.wrap(
                    new DERSequence(
                                    new ASN1Integer[] {
                                        new ASN1Integer(parts[0]), new ASN1Integer(low)
                                    })
                            .getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
    }

    private static ECPublicKeyParameters parameters(Bytes data) {
        try {
            return new ECPublicKeyParameters(CURVE.getCurve().decodePoint(data.toArray()), DOMAIN);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("not a point of secp256k1", e);
        }
    }
}
