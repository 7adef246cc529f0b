package io.ggen.libp2p.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;

import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

final class NamelessCertificatesTest {
    @Test
    void aCertificateWithoutNamesIsReadButNotWithAnExtensionTwice() throws Exception {
        assertThat(NamelessCertificates.allow()).isTrue();
        var wicked = new WickedCertificate();
        PrivateKey key = PrivateKey.generate(KeyType.ED25519);
        Extension identity = WickedCertificate.identity(key, wicked.keyInfo());

        X509Certificate read =
                (X509Certificate) read(wicked.of(WickedCertificate.NAMELESS, identity));

        assertThat(read.getIssuerX500Principal().getName()).isEmpty();
        TlsCertificate twice = wicked.of(WickedCertificate.NAMELESS, identity, identity);
        assertThatThrownBy(() -> read(twice)).isInstanceOf(CertificateException.class);
    }

    private static Certificate read(TlsCertificate certificate) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(certificate.certificate().getEncoded()));
    }

    @Test
    void whatIsNoCertificateStaysRefused() throws CertificateException {
        assertThat(NamelessCertificates.allow()).isTrue();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (byte[] bytes : new byte[][] {{}, {1, 2, 3}, {0x30, 0x03, 0x02, 0x01, 0x01}}) {
            assertThatThrownBy(() -> factory.generateCertificate(new ByteArrayInputStream(bytes)))
                    .isInstanceOf(CertificateException.class);
        }
    }
}
