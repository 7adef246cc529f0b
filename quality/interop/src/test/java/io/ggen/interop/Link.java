package io.ggen.interop;

import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** A host of ours and a peer, connected by one security protocol; either of them dials. */
final class Link implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    final Path program;
    final String security;
    final boolean weDial;
    final PeerProcess peer;
    final Multiaddr address;
    final CutTransport transport = new CutTransport();
    final Host host;
    final Identify identify;

    Link(Path program, PeerProcess peer, String address, Way way) {
        this.program = program;
        this.security = way.security();
        this.weDial = way.weDial();
        this.peer = peer;
        this.address = Multiaddr.parse(address);
        this.host =
                Hosts.start(
                        Hosts.options(way.key(), security)
                                .over(transport)
                                .listening(Hosts.loopback(0)));
        this.identify = Identify.attach(host);
    }

    /** Which security protocol, who dials, and the type of both keys. */
    record Way(String security, boolean weDial, KeyType key) {
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
        if (weDial) {
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

    /** Returns what the peer knows of us; empty when it lists us not among its peers. */
    Optional<Map<?, ?>> knownToPeer() throws IOException, InterruptedException {
        List<?> peers = (List<?>) peer.ask("peers").getOrDefault("peers", List.of());
        for (Object entry : peers) {
            if (entry instanceof Map<?, ?> map && host.peerId().toString().equals(map.get("id"))) {
                return Optional.of(map);
            }
        }
        return Optional.empty();
    }

    boolean peerKnowsProtocol(String protocol) throws IOException, InterruptedException {
        return knownToPeer()
                .map(map -> map.get("protocols") instanceof List<?> list && list.contains(protocol))
                .orElse(false);
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
