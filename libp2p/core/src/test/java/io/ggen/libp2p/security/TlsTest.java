package io.ggen.libp2p.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PrivateKey;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

final class TlsTest extends SecureChannelContract {
    private static final PrivateKey ALICE = PrivateKey.ofSeed(Bytes.fromHex("01".repeat(32)));
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    protected SecurityProtocol protocol(PrivateKey identity) {
        return new TlsProtocol(identity, InstantSource.system());
    }

    private static String identityOf(String hex) throws CertificateException {
        X509Certificate certificate = TlsCertificate.parse(Bytes.fromHex(hex));
        return TlsCertificate.verify(new X509Certificate[] {certificate}, NOW).peerId().toString();
    }

    @Test
    void judgesTheCertificatesOfTheSpecification() throws Exception {
        List<String> certificates;
        try (var in = TlsTest.class.getResourceAsStream("certificates.hex")) {
            assertThat(in).isNotNull();
            certificates =
                    new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(identityOf(certificates.get(0)))
                .isEqualTo("12D3KooWM6CgA9iBFZmcYAHA6A2qvbAxqfkmrYiRQuz3XEsk4Ksv");
        assertThat(identityOf(certificates.get(1)))
                .isEqualTo("QmfXbAwNjJLXfesgztEHe8HwgVDCMMpZ9Eax1HYq6hn9uE");
        assertThat(identityOf(certificates.get(2)))
                .isEqualTo("16Uiu2HAkutTMoTzDw1tCvSRtu6YoixJwS46S1ZFxW8hSx9fWHiPs");
        assertThatThrownBy(() -> identityOf(certificates.get(3)))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void theExtensionIsTheFirstAndOnlyOne() {
        X509Certificate certificate = TlsCertificate.generate(ALICE, NOW).certificate();
        assertThat(certificate.getNonCriticalExtensionOIDs())
                .containsExactly("1.3.6.1.4.1.53594.1.1");
        assertThat(certificate.getCriticalExtensionOIDs()).isNullOrEmpty();
    }

    @Test
    void anExpiredAnEarlyAndASecondCertificateAreRefused() throws Exception {
        X509Certificate certificate = TlsCertificate.generate(ALICE, NOW).certificate();
        X509Certificate[] chain = {certificate};
        assertThat(TlsCertificate.verify(chain, NOW)).isEqualTo(ALICE.publicKey());
        assertThatThrownBy(() -> TlsCertificate.verify(chain, NOW.minus(Duration.ofDays(1))))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(
                        () -> TlsCertificate.verify(chain, NOW.plus(Duration.ofDays(365L * 101))))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() ->
                        TlsCertificate.verify(
                                new X509Certificate[] {certificate, certificate}, NOW))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> TlsCertificate.verify(new X509Certificate[0], NOW))
                .isInstanceOf(CertificateException.class);
    }
}
