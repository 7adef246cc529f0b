package io.ggen.libp2p.protocol;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostEvent;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PeerRecord;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * identify and identify/push: peers tell each other their key, addresses, protocols and name; the
 * answers go to the host's {@link PeerStore}. Every new connection is identified by itself.
 * Thread-safe.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/identify/README.md">identify</a>
 */
public final class Identify {
    /** The protocol that asks a peer to say who it is. */
    public static final String PROTOCOL = "/ipfs/id/1.0.0";

    /** The protocol that tells a peer what has changed. */
    public static final String PUSH = "/ipfs/id/push/1.0.0";

    /**
     * The note of a peer in the host's {@link PeerStore} that holds its latest signed record as it
     * came: an envelope that {@link PeerRecord#open} reads and that others may be given.
     */
    public static final String RECORD_NOTE = "signed-peer-record";

    private static final String VERSION = "ipfs/0.1.0";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration CONNECTED_VALIDITY = Duration.ofHours(1);
    private static final int MAX_PUSHES = 32;
    private static final int PUSHES_PER_PEER = 2;

    private final Host host;
    private final AtomicLong sequence;
    private final PushPace pace = new PushPace();
    private final Semaphore pushes = new Semaphore(MAX_PUSHES);

    private @Nullable Signed signed;

    private record Signed(List<Multiaddr> addresses, Bytes envelope) {}

    private Identify(Host host) {
        this.host = host;
        this.sequence = new AtomicLong(host.options().clock().instant().toEpochMilli() * 1_000_000);
    }

    /** Lets {@code host} identify itself to others and ask every peer that it connects to. */
    public static Identify attach(Host host) {
        var identify = new Identify(host);
        host.handle(PROTOCOL, identify::answer);
        host.handle(PUSH, PUSHES_PER_PEER, identify::takePush);
        host.onEvent(identify::onEvent);
        return identify;
    }

    private void onEvent(HostEvent event) {
        switch (event) {
            case HostEvent.PeerConnected connected ->
                    Thread.ofVirtual().name("identify").start(() -> ask(connected.peer()));
            case HostEvent.AddressesChanged changed -> pushToAll();
            case HostEvent.PeerDisconnected gone -> {
                // what is known of it stays valid for a while
            }
            case HostEvent.PeerIdentified identified -> {
                // this is our own word
            }
        }
    }

    private void answer(Stream stream) {
        stream.timeout(LIMIT);
        Frames.write(stream, self(stream.connection()).encode());
    }

    private IdentifyMessage self(Connection connection) {
        List<Multiaddr> addresses = host.addresses();
        return new IdentifyMessage(
                Optional.of(host.options().identity().publicKey()),
                addresses,
                Set.copyOf(host.protocols()),
                Optional.of(connection.facts().remoteAddress()),
                Optional.of(VERSION),
                Optional.of(host.options().agent()),
                Optional.of(signed(addresses)));
    }

    /** Signs addresses once, as long as they stay the same. */
    private synchronized Bytes signed(List<Multiaddr> addresses) {
        Signed known = signed;
        if (known == null || !known.addresses().equals(addresses)) {
            var record = new PeerRecord(host.peerId(), sequence.incrementAndGet(), addresses);
            known = new Signed(addresses, record.seal(host.options().identity()));
            signed = known;
        }
        return known.envelope();
    }

    /**
     * Asks {@code peer} who it is and waits for the answer; throws when it does not come within 5
     * seconds.
     */
    public void identify(PeerId peer) {
        try (Stream stream = host.open(peer, PROTOCOL)) {
            stream.timeout(LIMIT);
            learn(stream);
        }
    }

    private void ask(PeerId peer) {
        try {
            identify(peer);
        } catch (Libp2pException e) {
            System.getLogger(Identify.class.getName())
                    .log(System.Logger.Level.DEBUG, () -> peer + " does not say who it is", e);
        }
    }

    private void takePush(Stream stream) {
        if (!pace.take(stream.remotePeer(), host.options().clock().instant())) {
            throw new Libp2pException(
                    Code.LIMIT_EXCEEDED, "identify: " + stream.remotePeer() + " pushes too often");
        }
        learn(stream);
    }

    private void learn(Stream stream) {
        stream.timeout(LIMIT);
        PeerId peer = stream.remotePeer();
        IdentifyMessage message = IdentifyMessage.read(stream);
        if (message.key().isPresent() && !peer.matches(message.key().get())) {
            throw new Libp2pException(
                    Code.PROTOCOL_VIOLATION, "identify: " + peer + " claims to have another key");
        }
        remember(peer, message);
        host.publish(new HostEvent.PeerIdentified(peer));
    }

    private void remember(PeerId peer, IdentifyMessage message) {
        Optional<PeerStore.Identity> before = host.peerStore().identity(peer);
        var identity =
                new PeerStore.Identity(
                        message.agent().or(() -> before.map(PeerStore.Identity::agent)).orElse(""),
                        message.protocolVersion()
                                .or(() -> before.map(PeerStore.Identity::protocolVersion))
                                .orElse(""),
                        message.protocols().isEmpty()
                                ? before.map(PeerStore.Identity::protocols).orElse(Set.of())
                                : message.protocols(),
                        message.observed().or(() -> before.flatMap(PeerStore.Identity::observed)));
        Optional<PeerRecord> record = message.signedRecord().map(PeerRecord::open);
        if (record.isPresent() && !record.get().peer().equals(peer)) {
            throw new Libp2pException(
                    Code.PROTOCOL_VIOLATION, "identify: " + peer + " sends another peer's record");
        }
        if (record.isPresent()) {
            boolean latest =
                    host.peerStore()
                            .replaceAddresses(
                                    peer,
                                    record.get().sequence(),
                                    plain(record.get().addresses()),
                                    CONNECTED_VALIDITY);
            message.signedRecord().filter(sealed -> latest).ifPresent(sealed -> note(peer, sealed));
        } else {
            host.peerStore().addAddresses(peer, plain(message.addresses()), CONNECTED_VALIDITY);
        }
        host.peerStore().identify(peer, identity);
    }

    /** A record without which nobody is worse off is not worth a failure. */
    private void note(PeerId peer, Bytes sealed) {
        try {
            host.peerStore().note(peer, RECORD_NOTE, sealed);
        } catch (IllegalArgumentException | Libp2pException e) {
            System.getLogger(Identify.class.getName())
                    .log(System.Logger.Level.DEBUG, () -> "no room for the record of " + peer, e);
        }
    }

    /** Some peers end their addresses with their own id, others do not. */
    private static List<Multiaddr> plain(List<Multiaddr> addresses) {
        return addresses.stream()
                .map(address -> {
                    var components = address.components();
                    boolean named =
                            components.size() > 1
                                    && components.getLast().protocol() == AddressProtocol.P2P
                                    && !address.has(AddressProtocol.P2P_CIRCUIT);
                    return named
                            ? new Multiaddr(components.subList(0, components.size() - 1))
                            : address;
                })
                .toList();
    }

    /** Tells every connected peer what this host says of itself now. Does not wait for them. */
    public void pushToAll() {
        for (Connection connection : host.connections()) {
            Thread.ofVirtual().name("identify-push").start(() -> push(connection));
        }
    }

    private void push(Connection connection) {
        pushes.acquireUninterruptibly();
        try (Stream stream = connection.open(PUSH)) {
            stream.timeout(LIMIT);
            Frames.write(stream, self(connection).encode());
        } catch (Libp2pException e) {
            System.getLogger(Identify.class.getName())
                    .log(System.Logger.Level.DEBUG, () -> connection + " takes no push", e);
        } finally {
            pushes.release();
        }
    }
}
