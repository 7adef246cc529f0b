package io.ggen.libp2p.security;

import io.ggen.base.CryptoProvider;
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
 * alone. Thread-safe.
 */
final class TlsContext {
    private static final String ALIAS = "libp2p";

    private final TlsCertificate certificate;
    private final InstantSource clock;

    TlsContext(TlsCertificate certificate, InstantSource clock) {
        NamelessCertificates.allow();
        this.certificate = certificate;
        this.clock = clock;
    }

    /** An engine, and who the other side proved to be once its handshake is over. */
    record Session(SSLEngine engine, PeerTrust trust) {}

    Session session(Role role, Optional<PeerId> expected, List<String> protocols) {
        var trust = new PeerTrust(clock, expected);
        try {
            SSLContext context = CryptoProvider.fast().tls13();
            context.init(
                    new KeyManager[] {new OneKey(certificate)},
                    new TrustManager[] {trust},
                    new SecureRandom());
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(role == Role.INITIATOR);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3"});
            parameters.setApplicationProtocols(protocols.toArray(new String[0]));
            if (role == Role.RESPONDER) {
                parameters.setNeedClientAuth(true);
            }
            engine.setSSLParameters(parameters);
            return new Session(engine, trust);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks TLS 1.3", e);
        }
    }

    /**
     * Believes a certificate that proves the identity in it, and the right one when one is
     * expected.
     */
    static final class PeerTrust extends X509ExtendedTrustManager {
        private final InstantSource clock;
        private final Optional<PeerId> expected;
        private volatile @Nullable PublicKey identity;

        PeerTrust(InstantSource clock, Optional<PeerId> expected) {
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
