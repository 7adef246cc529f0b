package io.ggen.libp2p.security;

import io.ggen.base.CryptoProvider;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertPath;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Lets this process read X.509 certificates whose issuer and subject have no name, as js-libp2p
 * makes them. The JDK refuses those before any trust manager sees them, and every TLS engine of the
 * platform asks the first registered provider, so this one stands in front: it asks the JDK first
 * and helps only where the JDK gives up on a nameless certificate. Nothing is trusted by it.
 */
final class NamelessCertificates extends Provider {
    private static final String KIND = "CertificateFactory";
    private static final String TYPE = "X.509";
    private static final int EXTENSIONS = 3; // RFC 5280, 4.1

    private NamelessCertificates(Provider strict) {
        super("ggen-libp2p", "1", "X.509 certificates without names");
        putService(
                new Service(this, KIND, TYPE, Factory.class.getName(), List.of("X509"), Map.of()) {
                    @Override
                    public Object newInstance(@Nullable Object parameter)
                            throws NoSuchAlgorithmException {
                        try {
                            return new Factory(CertificateFactory.getInstance(TYPE, strict));
                        } catch (CertificateException e) {
                            throw new NoSuchAlgorithmException("no reader of certificates", e);
                        }
                    }
                });
    }

    private static final class Registration {
        static final boolean DONE = register();

        private static boolean register() {
            Provider[] platform = Security.getProviders(KIND + "." + TYPE);
            return platform != null
                    && Security.insertProviderAt(new NamelessCertificates(platform[0]), 1) == 1;
        }
    }

    /** Allows them from now on; returns whether that was possible. */
    static boolean allow() {
        return Registration.DONE;
    }

    /** Reads as the platform does, and nameless certificates besides. */
    private static final class Factory extends CertificateFactorySpi {
        private final CertificateFactory strict;

        Factory(CertificateFactory strict) {
            this.strict = strict;
        }

        @Override
        public Certificate engineGenerateCertificate(InputStream in) throws CertificateException {
            return in instanceof ByteArrayInputStream bytes
                    ? strictOrNameless(bytes)
                    : strict.generateCertificate(in);
        }

        private Certificate strictOrNameless(ByteArrayInputStream in) throws CertificateException {
            in.mark(0);
            try {
                return strict.generateCertificate(in);
            } catch (CertificateException e) {
                in.reset();
                return nameless(in, e);
            }
        }

        private static Certificate nameless(InputStream in, CertificateException reason)
                throws CertificateException {
            Certificate certificate = CryptoProvider.fast().certificates().generateCertificate(in);
            if (certificate instanceof X509Certificate named
                    && !named.getIssuerX500Principal().getName().isEmpty()) {
                throw reason;
            }
            requireSound(certificate);
            return certificate;
        }

        /** Throws where an extension comes twice: Conscrypt does not mind, the JDK does. */
        private static void requireSound(Certificate certificate) throws CertificateException {
            try {
                var whole = ASN1Sequence.getInstance(certificate.getEncoded());
                for (ASN1Encodable part : ASN1Sequence.getInstance(whole.getObjectAt(0))) {
                    if (part instanceof ASN1TaggedObject tagged
                            && tagged.hasContextTag(EXTENSIONS)) {
                        Extensions.getInstance(tagged, true);
                    }
                }
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw new CertificateException("the certificate is malformed", e);
            }
        }

        @Override
        public Collection<? extends Certificate> engineGenerateCertificates(InputStream in)
                throws CertificateException {
            return strict.generateCertificates(in);
        }

        @Override
        public CRL engineGenerateCRL(InputStream in) throws CRLException {
            return strict.generateCRL(in);
        }

        @Override
        public Collection<? extends CRL> engineGenerateCRLs(InputStream in) throws CRLException {
            return strict.generateCRLs(in);
        }

        @Override
        public CertPath engineGenerateCertPath(InputStream in) throws CertificateException {
            return strict.generateCertPath(in);
        }

        @Override
        public CertPath engineGenerateCertPath(InputStream in, String encoding)
                throws CertificateException {
            return strict.generateCertPath(in, encoding);
        }

        @Override
        public CertPath engineGenerateCertPath(List<? extends Certificate> certificates)
                throws CertificateException {
            return strict.generateCertPath(certificates);
        }

        @Override
        public Iterator<String> engineGetCertPathEncodings() {
            return strict.getCertPathEncodings();
        }
    }
}
