package io.ggen.libp2p.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

final class NamelessCertificatesTest {
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
