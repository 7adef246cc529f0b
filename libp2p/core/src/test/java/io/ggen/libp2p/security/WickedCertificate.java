package io.ggen.libp2p.security;

import io.ggen.base.Bytes;
import io.ggen.base.CryptoProvider;
import io.ggen.libp2p.key.PrivateKey;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** A certificate with a sound signature and whatever extensions a test wants. */
final class WickedCertificate {
    static final X500Name NAMED = new X500Name("CN=libp2p");
    static final X500Name NAMELESS = new X500Name(new RDN[0]);

    private static final int ISSUER = 3;
    private static final int SUBJECT = 5;
    private static final int EXTENSIONS = 3;
    private static final String IDENTITY = "1.3.6.1.4.1.53594.1.1";
    private static final AlgorithmIdentifier ALGORITHM =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    final KeyPair pair;

    WickedCertificate() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.pair = generator.generateKeyPair();
    }

    Bytes keyInfo() {
        return Bytes.of(pair.getPublic().getEncoded());
    }

    /**
     * Returns the extension in which {@code identity} claims the certificate's key by a signature.
     */
    static Extension identity(PrivateKey identity, Bytes signed) throws Exception {
        ASN1Encodable[] parts = {
            new DEROctetString(identity.publicKey().encode().toArray()),
            new DEROctetString(
                    identity.sign(Bytes.utf8("libp2p-tls-handshake:").concat(signed)).toArray())
        };
        return extension(IDENTITY, false, new DERSequence(parts).getEncoded("DER"));
    }

    static Extension extension(String id, boolean critical, byte[] value) {
        return new Extension(new ASN1ObjectIdentifier(id), critical, value);
    }

    TlsCertificate with(Extension... extensions) throws Exception {
        return sign(unsigned(extensions));
    }

    /**
     * Returns a certificate of {@code name} that has {@code extensions}, also those that no library
     * would put together.
     */
    TlsCertificate of(X500Name name, Extension... extensions) throws Exception {
        ASN1Encodable[] parts = ASN1Sequence.getInstance(unsigned(extensions[0])).toArray();
        parts[ISSUER] = name;
        parts[SUBJECT] = name;
        parts[parts.length - 1] =
                new DERTaggedObject(true, EXTENSIONS, new DERSequence(extensions));
        return sign(new DERSequence(parts));
    }

    private ASN1Object unsigned(Extension... extensions) {
        var generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(1));
        generator.setIssuer(NAMED);
        generator.setSubject(NAMED);
        generator.setStartDate(new Time(Date.from(Instant.now().minus(Duration.ofHours(1)))));
        generator.setEndDate(new Time(Date.from(Instant.now().plus(Duration.ofDays(1)))));
        generator.setSignature(ALGORITHM);
        generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(keyInfo().toArray()));
        if (extensions.length > 0) {
            generator.setExtensions(new Extensions(extensions));
        }
        return generator.generateTBSCertificate();
    }

    private TlsCertificate sign(ASN1Object unsigned) throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(unsigned.getEncoded("DER"));
        var signed =
                new DERSequence(
                        new ASN1Encodable[] {
                            unsigned, ALGORITHM, new DERBitString(signature.sign())
                        });
        var encoded = new ByteArrayInputStream(signed.getEncoded("DER"));
        return new TlsCertificate(
                (X509Certificate) CryptoProvider.fast().certificates().generateCertificate(encoded),
                pair.getPrivate());
    }
}
