package io.ggen.libp2p.host;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.dns.AddressResolver;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.libp2p.security.Role;
import io.ggen.libp2p.transport.RawConnection;
import io.ggen.libp2p.transport.Transport;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A running peer. It listens, dials, keeps connections and hands streams to the handlers of their
 * protocols. Thread-safe; methods that talk to others block and are made for virtual threads.
 */
public final class Host implements AutoCloseable {
    private static final Duration DIALLED_VALIDITY = Duration.ofHours(1);
    private static final System.Logger LOG = System.getLogger(Host.class.getName());

    private final HostOptions options;
    private final Upgrader upgrader;
    private final Handlers handlers = new Handlers();
    private final Connections connections;
    private final PeerStore peerStore;
    private final ResourceScope system;
    private final Crowd crowd;
    private final Map<PeerId, ResourceScope> peerScopes = new ConcurrentHashMap<>();
    private final Map<PeerId, Object> dialLocks = new ConcurrentHashMap<>();
    private final AddressResolver addressResolver;
    private final Dialer dialer;
    private final List<Transport.Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<HostEvent>> eventListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<PeerId>> reachListeners = new CopyOnWriteArrayList<>();
    private final EventQueue events = new EventQueue();
    private final AtomicBoolean relieving = new AtomicBoolean();
    private final ExecutorService teller =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("host-events").factory());
    private volatile boolean closed;

    private Host(HostOptions options) {
        this.options = options;
        this.upgrader = new Upgrader(options);
        this.connections = new Connections(options.limits());
        this.peerStore =
                options.peerStore()
                        .orElseGet(() ->
                                new MemoryPeerStore(options.clock(), PeerStore.Limits.standard()));
        this.system = ResourceScope.system(options.limits().system(), this::relieve);
        this.crowd = new Crowd(options.limits().crowding());
        this.addressResolver = new AddressResolver(options.names());
        this.dialer = new Dialer(options.clock(), new Network());
    }

    /**
     * Starts a host that listens on the addresses of {@code options}; throws when one cannot be
     * bound.
     */
    public static Host start(HostOptions options) {
        var host = new Host(options);
        try {
            options.listen().forEach(host::listen);
        } catch (Libp2pException e) {
            host.close();
            throw e;
        }
        return host;
    }

    private void listen(Multiaddr address) {
        Transport transport =
                transport(address)
                        .orElseThrow(() ->
                                new Libp2pException(
                                        Code.IO, "no transport can listen on " + address));
        listeners.add(transport.listen(address, this::accept));
        publish(new HostEvent.AddressesChanged(addresses()));
    }

    /** Returns who this host is. */
    public PeerId peerId() {
        return options.identity().publicKey().peerId();
    }

    /** Returns the options that this host was started with. */
    public HostOptions options() {
        return options;
    }

    /** Returns where this host listens, without its peer id. */
    public List<Multiaddr> addresses() {
        return listeners.stream().flatMap(listener -> listener.addresses().stream()).toList();
    }

    /** Returns the protocols that this host speaks when it is asked, sorted. */
    public List<String> protocols() {
        return handlers.protocols();
    }

    /** Returns what is known of other peers. */
    public PeerStore peerStore() {
        return peerStore;
    }

    /** Returns the scope of all resources in use. */
    public ResourceScope resources() {
        return system;
    }

    /** Returns of how many peers connections or streams are in use. */
    int peersWithResources() {
        return peerScopes.size();
    }

    /**
     * Speaks {@code protocol} from now on: each stream that asks for it goes to {@code handler}.
     */
    public void handle(String protocol, StreamHandler handler) {
        handle(protocol, options.limits().peer().streams(), handler);
    }

    /**
     * Speaks {@code protocol} from now on with at most {@code perPeer} streams of each peer at
     * once: as many wait up to 5 seconds for their turn, further ones are reset.
     */
    public void handle(String protocol, int perPeer, StreamHandler handler) {
        handlers.add(protocol, perPeer, handler);
    }

    /** Speaks {@code protocol} no more; streams under way go on. */
    public void unhandle(String protocol) {
        handlers.remove(protocol);
    }

    /** Lets {@code listener} hear of every event from now on; it should return soon. */
    public void onEvent(Consumer<HostEvent> listener) {
        eventListeners.add(listener);
    }

    /**
     * Lets {@code listener} hear from now on of every peer that this host dials as soon as somebody
     * takes the connection: a sign of life one round trip after the beginning, though who it is
     * remains to be seen. It is called on the thread that dials and must return at once.
     */
    public void onReached(Consumer<PeerId> listener) {
        reachListeners.add(listener);
    }

    /**
     * Tells every listener of {@code event}, in order, on the host's own event thread. What a later
     * event makes untrue or says again before they have heard it is left out.
     */
    public void publish(HostEvent event) {
        if (!events.add(event)) {
            return;
        }
        try {
            teller.execute(this::tell);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.TRACE, "the host was closed before {0}", event);
        }
    }

    private void tell() {
        for (var next = events.next(); next.isPresent(); next = events.next()) {
            HostEvent event = next.get();
            eventListeners.forEach(listener -> tell(listener, event));
        }
    }

    private static void tell(Consumer<HostEvent> listener, HostEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "a listener fails with " + event, e);
        }
    }

    /**
     * Connects to the peer at {@code address}, which ends in {@code /p2p/ID}; the connection that
     * stands is used again.
     */
    public Connection dial(Multiaddr address) {
        PeerId peer =
                PeerId.parse(
                        address.value(AddressProtocol.P2P)
                                .orElseThrow(() ->
                                        new Libp2pException(
                                                Code.DIAL_FAILED,
                                                address + " names no peer: /p2p/ID is missing")));
        return dial(peer, List.of(address));
    }

    /**
     * Connects to {@code peer} at {@code addresses} or at those that are known of it. Several
     * callers share one dial.
     *
     * @throws Libp2pException DIAL_FAILED that names each address with what went wrong
     */
    public Connection dial(PeerId peer, List<Multiaddr> addresses) {
        if (peer.equals(peerId())) {
            throw new Libp2pException(Code.DIAL_FAILED, "a host does not dial itself");
        }
        Optional<Connection> standing = connections.to(peer);
        if (standing.isPresent()) {
            return standing.get();
        }
        Object lock = dialLocks.computeIfAbsent(peer, p -> new Object());
        try {
            synchronized (lock) {
                Optional<Connection> meanwhile = connections.to(peer);
                return meanwhile.isPresent()
                        ? meanwhile.get()
                        : dialer.dial(peer, candidates(peer, addresses));
            }
        } finally {
            dialLocks.remove(peer, lock);
        }
    }

    private List<Multiaddr> candidates(PeerId peer, List<Multiaddr> addresses) {
        List<Multiaddr> all = new ArrayList<>(addresses);
        all.addAll(peerStore.addresses(peer));
        return all.stream()
                .filter(address -> AddressResolver.isNamed(address) || isCandidate(peer, address))
                .toList();
    }

    private boolean isCandidate(PeerId peer, Multiaddr address) {
        return transport(address).isPresent()
                && !namesAnother(peer, address)
                && options.gater().allowsDial(peer, address);
    }

    private static boolean namesAnother(PeerId peer, Multiaddr address) {
        Multiaddr.Component last = address.components().getLast();
        return last.protocol() == AddressProtocol.P2P && !last.value().equals(peer.multihash());
    }

    /**
     * Returns the addresses that {@code address} stands for where it begins with a name, itself
     * otherwise. A {@code /dnsaddr} without a peer's id leads to addresses of several peers, each
     * with its id.
     *
     * @throws Libp2pException DIAL_FAILED or TIMEOUT when the name cannot be looked up
     */
    public List<Multiaddr> resolve(Multiaddr address) {
        return addressResolver.resolve(address, options.limits().dialTimeout());
    }

    /**
     * Opens a stream to {@code peer} in the first of {@code protocols} that it speaks, dialling it
     * when need be.
     */
    public Stream open(PeerId peer, String... protocols) {
        return dial(peer, List.of()).open(protocols);
    }

    /** Returns the connections that stand. */
    public List<Connection> connections() {
        return connections.all();
    }

    /**
     * Keeps the connections of {@code peer} from being closed for want of room, until each {@code
     * tag} is taken back.
     */
    public void protect(PeerId peer, String tag) {
        connections.protect(peer, tag);
    }

    /** Takes back {@link #protect}. */
    public void unprotect(PeerId peer, String tag) {
        connections.unprotect(peer, tag);
    }

    /**
     * Says that {@code peer} is worth {@code points} more for {@code tag} than others, or no more
     * when 0: where there is no room, connections of those who are worth least are closed first.
     */
    public void value(PeerId peer, String tag, int points) {
        connections.value(peer, tag, points);
    }

    private Optional<Transport> transport(Multiaddr address) {
        return options.transports().stream()
                .filter(transport -> transport.handles(address))
                .findFirst();
    }

    /** How the dialer reaches out. */
    private final class Network implements Dialer.Network {
        @Override
        public Connection connect(PeerId peer, Multiaddr address) {
            try (ResourceScope.Lease handshake = system.connection()) {
                Transport transport = transport(address).orElseThrow();
                RawConnection raw = transport.dial(address, options.limits().dialTimeout());
                reachListeners.forEach(listener -> listener.accept(peer));
                Connection connection = establish(raw, Role.INITIATOR, Optional.of(peer), () -> {});
                peerStore.addAddresses(
                        peer, List.of(connection.facts().remoteAddress()), DIALLED_VALIDITY);
                return connection;
            }
        }

        @Override
        public List<Multiaddr> resolve(PeerId peer, Multiaddr named) {
            List<Multiaddr> found =
                    Host.this.resolve(named).stream()
                            .filter(address -> isCandidate(peer, address))
                            .toList();
            if (found.isEmpty()) {
                throw new Libp2pException(
                        Code.DIAL_FAILED, "stands for no address that can be dialled");
            }
            return found;
        }
    }

    private void accept(RawConnection raw) {
        Origin origin = Origin.of(raw.remoteAddress());
        if (closed || !options.gater().allowsAccept(raw.remoteAddress()) || !crowd.enter(origin)) {
            raw.close();
            return;
        }
        boolean stands = false;
        crowd.beginHandshake(raw, origin);
        try (ResourceScope.Lease handshake = system.connection()) {
            establish(raw, Role.RESPONDER, Optional.empty(), () -> crowd.leave(origin));
            stands = true;
        } catch (Libp2pException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection that came in did not get through", e);
        } finally {
            crowd.endHandshake(raw);
            if (!stands) {
                raw.close();
                crowd.leave(origin);
            }
        }
    }

    private Connection establish(
            RawConnection raw, Role role, Optional<PeerId> expected, Runnable onEnd) {
        Multiaddr local = raw.localAddress();
        Multiaddr remote = raw.remoteAddress();
        Upgrader.Upgraded upgraded = upgrader.upgrade(raw, role, expected);
        PublicKey key = upgraded.channel().remoteKey();
        var facts =
                new Connection.Facts(
                        key, local, remote, role, upgraded.security(), options.clock().instant());
        Optional<ResourceScope.Lease> lease = Optional.empty();
        try {
            if (closed || !options.gater().allowsPeer(key.peerId(), remote)) {
                throw new Libp2pException(
                        Code.LIMIT_EXCEEDED, "a connection to " + key.peerId() + " is not allowed");
            }
            peerStore.addKey(key);
            var seat = seat(key.peerId());
            lease = Optional.of(seat.lease());
            var connection =
                    new Connection(upgraded.mux(role, seat.scope().memory()), facts, seat.scope());
            keep(connection, List.of(seat.lease()::close, onEnd));
            return connection;
        } catch (RuntimeException e) {
            lease.ifPresent(ResourceScope.Lease::close);
            upgraded.channel().close();
            throw e;
        }
    }

    /** A peer's scope and one connection that is taken in it. */
    private record Seat(ResourceScope scope, ResourceScope.Lease lease) {}

    private Seat seat(PeerId peer) {
        while (true) {
            ResourceScope scope = peerScopes.computeIfAbsent(peer, this::peerScope);
            ResourceScope.Lease lease = scope.connection();
            if (scope.equals(peerScopes.get(peer))) {
                return new Seat(scope, lease);
            }
            lease.close(); // it was dropped as idle in between
        }
    }

    private ResourceScope peerScope(PeerId peer) {
        return system.child(
                peer,
                options.limits().peer(),
                () ->
                        peerScopes.computeIfPresent(
                                peer, (id, scope) -> scope.isIdle() ? null : scope));
    }

    /** Where no memory is left, closes the connections of the peer that needs most of it. */
    private void relieve() {
        if (relieving.compareAndSet(false, true)) {
            Thread.ofVirtual().name("relief").start(this::closeLargest);
        }
    }

    private void closeLargest() {
        peerScopes.entrySet().stream()
                .max(Comparator.comparingLong(entry -> entry.getValue().memory().needed()))
                .ifPresent(largest -> {
                    LOG.log(
                            System.Logger.Level.INFO,
                            "no memory is left: {0} goes",
                            largest.getKey());
                    connections.all(largest.getKey()).forEach(Connection::close);
                });
        relieving.set(false);
    }

    private void keep(Connection connection, List<Runnable> atEnd) {
        synchronized (connections) {
            if (connections.add(connection)) {
                publish(new HostEvent.PeerConnected(connection.remotePeer()));
            }
        }
        Thread.ofVirtual().name("connection").start(() -> serveToTheEnd(connection, atEnd));
        connections.surplus(options.clock().instant()).forEach(Connection::close);
    }

    private void serveToTheEnd(Connection connection, List<Runnable> atEnd) {
        try {
            connection.serve(handlers);
        } catch (Libp2pException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "the connection to " + connection + " has ended",
                    e);
        } finally {
            connection.close();
            atEnd.forEach(Runnable::run);
            synchronized (connections) {
                if (connections.remove(connection)) {
                    publish(new HostEvent.PeerDisconnected(connection.remotePeer()));
                }
            }
        }
    }

    /** Stops listening and ends every connection. Never throws. */
    @Override
    public void close() {
        closed = true;
        listeners.forEach(Transport.Listener::close);
        connections.all().forEach(Connection::close);
        teller.shutdown();
    }
}
