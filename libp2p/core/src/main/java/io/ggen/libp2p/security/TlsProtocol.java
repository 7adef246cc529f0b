package io.ggen.libp2p.security;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.BufferPool;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.key.PublicKey;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLEngine;

/**
 * TLS 1.3 with the libp2p extension, and the muxer chosen by ALPN. Thread-safe.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/tls/tls.md">TLS</a>
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/connections/inlined-muxer-negotiation.md">inlined
 *     muxers</a>
 */
public final class TlsProtocol implements SecurityProtocol {
    private static final String NO_MUXER = "libp2p";

    private static final int MAX_POOLED = 16;

    private final TlsContext context;
    private final BufferPool pool = new BufferPool(TlsRecords.BUFFER, MAX_POOLED);

    /**
     * Makes connections that prove to be of {@code identity}; its certificate is made once, valid
     * from {@code clock}'s now on.
     */
    public TlsProtocol(PrivateKey identity, InstantSource clock) {
        this.context = new TlsContext(TlsCertificate.generate(identity, clock.instant()), clock);
    }

    @Override
    public String id() {
        return "/tls/1.0.0";
    }

    @Override
    public SecureChannel secure(
            Duplex raw, Role role, Optional<PeerId> expected, List<String> muxers) {
        List<String> protocols = new ArrayList<>(muxers);
        protocols.add(NO_MUXER);
        SSLEngine engine = context.engine(role, protocols);
        var records = new TlsRecords(raw, engine, pool);
        PublicKey remote = context.shakeHands(records, expected);
        String chosen = engine.getApplicationProtocol();
        if (chosen == null || !protocols.contains(chosen)) {
            throw new Libp2pException(
                    Code.HANDSHAKE_FAILED, "tls: no protocol was agreed upon by ALPN");
        }
        Optional<String> muxer = chosen.equals(NO_MUXER) ? Optional.empty() : Optional.of(chosen);
        return new TlsChannel(records, new RecordChannel.Remote(remote, muxer));
    }
}
