package io.ggen.libp2p.security;

import io.ggen.base.Bytes;
import io.ggen.base.CryptoProvider;
import io.ggen.libp2p.key.InvalidKeyException;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.key.PublicKey;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/**
 * The self-signed certificate of a TLS connection, which carries the peer's identity in an
 * extension.
 *
 * @param certificate the certificate with that extension as its first and only one
 * @param key the certificate's own P-256 key, made for this process
 * @see <a href="https://github.com/libp2p/specs/blob/master/tls/tls.md#peer-authentication">TLS,
 *     peer authentication</a>
 */
record TlsCertificate(X509Certificate certificate, java.security.PrivateKey key) {
    private static final ASN1ObjectIdentifier EXTENSION =
            new ASN1ObjectIdentifier("1.3.6.1.4.1.53594.1.1");
    private static final Bytes PREFIX = Bytes.utf8("libp2p-tls-handshake:");
    private static final X500Name NAME = new X500Name("CN=libp2p");
    private static final Duration VALID_BEFORE = Duration.ofHours(1);
    private static final Duration VALID_AFTER = Duration.ofDays(365L * 100);

    /** Makes a certificate for {@code identity}, valid from an hour before {@code now}. */
    static TlsCertificate generate(PrivateKey identity, Instant now) {
        try {
            CryptoProvider provider = CryptoProvider.fast();
            KeyPairGenerator generator = provider.keyPairGenerator("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            TBSCertificate unsigned =
                    unsigned(identity, Bytes.of(pair.getPublic().getEncoded()), now);
            Signature signature = provider.signature("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(unsigned.getEncoded("DER"));
            var signed =
                    new DERSequence(
                            new ASN1Encodable[] {
                                unsigned, algorithm(), new DERBitString(signature.sign())
                            });
            return new TlsCertificate(
                    parse(Bytes.wrap(signed.getEncoded("DER"))), pair.getPrivate());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    private static AlgorithmIdentifier algorithm() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    }

    private static TBSCertificate unsigned(PrivateKey identity, Bytes keyInfo, Instant now)
            throws IOException {
        var generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(
                new ASN1Integer(new BigInteger(63, new SecureRandom()).add(BigInteger.ONE)));
        generator.setIssuer(NAME);
        generator.setSubject(NAME);
        generator.setStartDate(new Time(Date.from(now.minus(VALID_BEFORE))));
        generator.setEndDate(new Time(Date.from(now.plus(VALID_AFTER))));
        generator.setSignature(algorithm());
        generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(keyInfo.toArray()));
        generator.setExtensions(
                new Extensions(
                        new Extension(EXTENSION, false, extension(identity, keyInfo).toArray())));
        return generator.generateTBSCertificate();
    }

    private static Bytes extension(PrivateKey identity, Bytes keyInfo) throws IOException {
        ASN1Encodable[] parts = {
            new DEROctetString(identity.publicKey().encode().toArray()),
            new DEROctetString(identity.sign(PREFIX.concat(keyInfo)).toArray())
        };
        return Bytes.wrap(new DERSequence(parts).getEncoded("DER"));
    }

    /** Reads a certificate in DER; throws CertificateException. */
    static X509Certificate parse(Bytes der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der.toArray()));
    }

    /**
     * Checks a peer's certificate chain and returns the identity in it.
     *
     * @throws CertificateException unless it is exactly one self-signed certificate, valid at
     *     {@code now}, without critical extensions that are not known, whose identity signed its
     *     key
     */
    static PublicKey verify(X509Certificate[] chain, Instant now) throws CertificateException {
        if (chain.length != 1) {
            throw new CertificateException(
                    "a peer sends exactly one certificate, not " + chain.length);
        }
        X509Certificate certificate = chain[0];
        certificate.checkValidity(Date.from(now));
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        if (critical != null && !Set.of(EXTENSION.getId()).containsAll(critical)) {
            throw new CertificateException(
                    "the certificate has a critical extension that is not known");
        }
        try {
            CryptoProvider.fast().verify(certificate, certificate.getPublicKey());
            return identity(certificate);
        } catch (GeneralSecurityException | IllegalArgumentException | InvalidKeyException e) {
            throw new CertificateException(
                    "the certificate does not prove an identity: " + e.getMessage(), e);
        }
    }

    private static PublicKey identity(X509Certificate certificate) throws CertificateException {
        byte[] wrapped = certificate.getExtensionValue(EXTENSION.getId());
        if (wrapped == null) {
            throw new CertificateException("the certificate has no libp2p extension");
        }
        ASN1Sequence parts =
                ASN1Sequence.getInstance(ASN1OctetString.getInstance(wrapped).getOctets());
        if (parts.size() != 2) {
            throw new CertificateException(
                    "the libp2p extension has " + parts.size() + " parts, not 2");
        }
        PublicKey key = PublicKey.decode(octets(parts.getObjectAt(0)));
        Bytes signed = PREFIX.concat(Bytes.of(certificate.getPublicKey().getEncoded()));
        if (!key.verify(signed, octets(parts.getObjectAt(1)))) {
            throw new CertificateException(key.peerId() + " did not sign the certificate's key");
        }
        return key;
    }

    private static Bytes octets(ASN1Encodable part) {
        return Bytes.wrap(ASN1OctetString.getInstance(part).getOctets());
    }
}
