package io.ggen.libp2p.host;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.libp2p.multistream.Multistream;
import io.ggen.libp2p.muxer.MuxedConnection;
import io.ggen.libp2p.muxer.MuxedStream;
import io.ggen.libp2p.security.Role;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A secured, multiplexed connection to a peer. Thread-safe. */
public final class Connection implements AutoCloseable {
    private static final Duration NEGOTIATION = Duration.ofSeconds(10);

    private final MuxedConnection muxed;
    private final Facts facts;
    private final ResourceScope peerScope;

    /**
     * What is known of a connection from its beginning.
     *
     * @param security the protocol that secures it, such as {@code /tls/1.0.0}
     */
    public record Facts(
            PublicKey remoteKey,
            Multiaddr localAddress,
            Multiaddr remoteAddress,
            Role role,
            String security,
            Instant since) {}

    Connection(MuxedConnection muxed, Facts facts, ResourceScope peerScope) {
        this.muxed = muxed;
        this.facts = facts;
        this.peerScope = peerScope;
    }

    /** Returns who is at the other end, as proved by its key. */
    public PeerId remotePeer() {
        return facts.remoteKey().peerId();
    }

    /** Returns the facts of this connection. */
    public Facts facts() {
        return facts;
    }

    /**
     * Opens a stream of the first of {@code protocols} that the peer speaks. With one protocol
     * nothing is waited for: the peer hears of the stream with the first write, flush or read, and
     * a refusal shows at the first read. With several, blocks for one round trip each.
     *
     * @throws Libp2pException UNSUPPORTED_PROTOCOL, LIMIT_EXCEEDED, CONNECTION_CLOSED or TIMEOUT
     */
    public Stream open(String... protocols) {
        ResourceScope.Lease lease = peerScope.stream();
        MuxedStream stream = null;
        try {
            stream = muxed.open();
            if (protocols.length == 1) {
                Bytes proposal = Multistream.proposal(protocols[0]);
                return new Stream(stream, this, protocols[0], proposal, lease::close);
            }
            stream.timeout(NEGOTIATION);
            String chosen = Multistream.propose(stream, List.of(protocols));
            stream.timeout(Duration.ZERO);
            return new Stream(stream, this, chosen, Bytes.empty(), lease::close);
        } catch (Libp2pException e) {
            lease.close();
            if (stream != null) {
                stream.reset();
            }
            throw e;
        }
    }

    /** Serves the streams that the peer opens until the connection ends. */
    void serve(Handlers handlers) {
        while (true) {
            MuxedStream stream = muxed.accept();
            Thread.ofVirtual().name("stream").start(() -> serve(stream, handlers));
        }
    }

    private void serve(MuxedStream stream, Handlers handlers) {
        try (ResourceScope.Lease lease = peerScope.stream()) {
            stream.timeout(NEGOTIATION);
            String protocol = Multistream.answer(stream, handlers::speaks);
            stream.timeout(Duration.ZERO);
            handlers.handle(new Stream(stream, this, protocol, Bytes.empty(), lease::close));
        } catch (Libp2pException e) {
            System.getLogger(Connection.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            () -> "a stream of " + remotePeer() + " ended",
                            e);
            stream.reset();
        }
    }

    /** Returns the number of live streams of both directions. */
    public int streams() {
        return muxed.streams();
    }

    /** Returns whether the connection has ended. */
    public boolean isClosed() {
        return muxed.isClosed();
    }

    @Override
    public void close() {
        muxed.close();
    }

    @Override
    public String toString() {
        return remotePeer() + " at " + facts.remoteAddress();
    }
}
