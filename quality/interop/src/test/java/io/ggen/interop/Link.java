package io.ggen.interop;

import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A host of ours and a peer, connected by one security protocol; either of them dials. */
final class Link implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final PeerProcess peer;
    final Way way;
    final Multiaddr address;
    final CutTransport transport = new CutTransport();
    final Host host;
    final Identify identify;

    Link(PeerProcess peer, Way way) {
        this(peer, way, UnaryOperator.identity());
    }

    /** Has a host with {@code changed} options. */
    Link(PeerProcess peer, Way way, UnaryOperator<HostOptions> changed) {
        this.peer = peer;
        this.way = way;
        this.address = Multiaddr.parse(peer.address());
        HostOptions options =
                Hosts.options(way.key(), way.security())
                        .over(transport)
                        .listening(Hosts.loopback(0));
        this.host = Hosts.start(changed.apply(options));
        this.identify = Identify.attach(host);
    }

    /** Which security protocol, who dials, and the type of both keys. */
    record Way(String security, boolean weDial, KeyType key) {
        static Stream<Way> all(KeyType key) {
            return Stream.of("tls", "noise")
                    .flatMap(security ->
                            Stream.of(new Way(security, true, key), new Way(security, false, key)));
        }

        String column() {
            return (security.equals("tls") ? "TLS" : "Noise")
                    + (weDial ? ", we dial" : ", it dials");
        }
    }

    PeerId peerId() {
        return PeerId.parse(address.value(AddressProtocol.P2P).orElseThrow());
    }

    /** Returns the connection, made now where there is none. */
    Connection connection() throws IOException, InterruptedException {
        Optional<Connection> standing = standing();
        if (standing.isPresent()) {
            return standing.get();
        }
        if (way.weDial()) {
            return host.dial(address);
        }
        peer.ask("dial " + Hosts.address(host));
        await("our side of the connection", () -> standing().isPresent());
        return standing().orElseThrow();
    }

    private Optional<Connection> standing() {
        return host.connections().stream()
                .filter(one -> one.remotePeer().equals(peerId()) && !one.isClosed())
                .findFirst();
    }

    /** Returns what the peer says of itself, as far as we know. */
    Optional<PeerStore.Identity> identity() {
        return host.peerStore().identity(peerId());
    }

    /** Returns our peer id, as others write it. */
    String id() {
        return host.peerId().toString();
    }

    /** Lets another process of the peer's program measure against our host; must succeed. */
    void dial(String... options) throws IOException, InterruptedException {
        Stream<String> all = Stream.concat(Stream.of("--sec", way.security()), Stream.of(options));
        PeerProcess.dial(
                peer.program(), Hosts.address(host).toString(), all.toArray(String[]::new));
    }

    /** Waits until {@code condition} holds; throws when it does not in time. */
    static void await(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(what + ": not within " + PATIENCE.toSeconds() + " s");
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
    }

    @Override
    public void close() {
        host.close();
    }
}
