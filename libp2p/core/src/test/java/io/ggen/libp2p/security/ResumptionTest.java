package io.ggen.libp2p.security;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** All connections share a context of TLS, but never a session: each proves who is there. */
@Timeout(60)
final class ResumptionTest {
    private static final char[] PASSWORD = {'x'};
    private static final InstantSource CLOCK = InstantSource.system();

    private final AtomicInteger certificates = new AtomicInteger();

    /** Believes everything; a session that is resumed shows no certificate. */
    private final class Counting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError("this is the client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            certificates.incrementAndGet();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void aClientThatOffersToResumeShakesHandsInFull() throws Exception {
        var options =
                HostOptions.of(PrivateKey.generate(KeyType.ED25519), CLOCK)
                        .listening(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
        try (Host host = Host.start(options)) {
            Optional<String> port = host.addresses().getFirst().value(AddressProtocol.TCP);
            SSLContext client = client();
            for (int i = 0; i < 3; i++) {
                connect(client, Integer.parseInt(port.orElseThrow()));
            }
            assertThat(certificates).hasValue(3);
        }
    }

    private static void connect(SSLContext client, int port) throws IOException {
        try (Socket raw = new Socket(InetAddress.getLoopbackAddress(), port)) {
            byte[] proposal = "\23/multistream/1.0.0\n\13/tls/1.0.0\n".getBytes(UTF_8);
            raw.getOutputStream().write(proposal);
            assertThat(raw.getInputStream().readNBytes(proposal.length)).isEqualTo(proposal);
            SSLSocket tls =
                    (SSLSocket)
                            client.getSocketFactory().createSocket(raw, "127.0.0.1", port, true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"/yamux/1.0.0"});
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            assertThat(tls.getInputStream().read()).isZero();
        }
    }

    private SSLContext client() throws Exception {
        TlsCertificate certificate =
                TlsCertificate.generate(PrivateKey.generate(KeyType.ED25519), CLOCK.instant());
        var key =
                KeyFactory.getInstance("EC")
                        .generatePrivate(new PKCS8EncodedKeySpec(certificate.key().getEncoded()));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("client", key, PASSWORD, new Certificate[] {certificate.certificate()});
        KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(managers.getKeyManagers(), new TrustManager[] {new Counting()}, null);
        return context;
    }
}
