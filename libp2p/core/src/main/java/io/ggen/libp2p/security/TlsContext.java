package io.ggen.libp2p.security;

import io.ggen.base.CryptoProvider;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PublicKey;

import org.jspecify.annotations.Nullable;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Makes TLS 1.3 engines that show one certificate and judge the other side's by libp2p's rules
 * alone. All of them share one context of the platform, which is dear; so the judge of each
 * handshake is known to the thread that shakes hands. Thread-safe.
 */
final class TlsContext {
    private static final String ALIAS = "libp2p";
    private static final ScopedValue<Judge> JUDGE = ScopedValue.newInstance();

    private final SSLContext context = CryptoProvider.fast().tls13();
    private final InstantSource clock;

    TlsContext(TlsCertificate certificate, InstantSource clock) {
        NamelessCertificates.allow();
        this.clock = clock;
        try {
            context.init(
                    new KeyManager[] {new OneKey(certificate)},
                    new TrustManager[] {new PeerTrust()},
                    new SecureRandom());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks TLS 1.3", e);
        }
    }

    SSLEngine engine(Role role, List<String> protocols) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(role == Role.INITIATOR);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setApplicationProtocols(protocols.toArray(new String[0]));
        if (role == Role.RESPONDER) {
            parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /**
     * Shakes hands through {@code records}; returns who the other side proved to be.
     *
     * @param expected who it must prove to be, if anyone
     */
    PublicKey shakeHands(TlsRecords records, Optional<PeerId> expected) {
        var judge = new Judge(clock, expected);
        ScopedValue.where(JUDGE, judge).run(() -> TlsHandshake.run(records));
        return judge.identity()
                .orElseThrow(() ->
                        new Libp2pException(
                                Code.HANDSHAKE_FAILED,
                                "tls: the other side showed no certificate"));
    }

    /**
     * Believes a certificate that proves the identity in it, and the right one when one is
     * expected. Confined to one handshake.
     */
    private static final class Judge {
        private final InstantSource clock;
        private final Optional<PeerId> expected;
        private @Nullable PublicKey identity;

        Judge(InstantSource clock, Optional<PeerId> expected) {
            this.clock = clock;
            this.expected = expected;
        }

        Optional<PublicKey> identity() {
            return Optional.ofNullable(identity);
        }

        private void judge(X509Certificate[] chain) throws CertificateException {
            PublicKey key = TlsCertificate.verify(chain, clock.instant());
            if (expected.isPresent() && !expected.get().matches(key)) {
                throw new CertificateException(
                        "dialled " + expected.get() + " but reached " + key.peerId());
            }
            identity = key;
        }
    }

    /** Leaves it to the judge of the handshake under way. */
    private static final class PeerTrust extends X509ExtendedTrustManager {
        private static void judge(X509Certificate[] chain) throws CertificateException {
            if (!JUDGE.isBound()) {
                throw new CertificateException("no handshake is under way");
            }
            JUDGE.get().judge(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            judge(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            judge(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            judge(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            judge(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            judge(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            judge(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Shows the one certificate whatever is asked for. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private final TlsCertificate certificate;

        OneKey(TlsCertificate certificate) {
            this.certificate = certificate;
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return type.startsWith("EC") ? ALIAS : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return certificate.key();
        }
    }
}
