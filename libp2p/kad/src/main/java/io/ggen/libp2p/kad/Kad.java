package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostEvent;
import io.ggen.libp2p.kad.KadOptions.BootstrapAddress;
import io.ggen.libp2p.kad.QueryEffect.Done;
import io.ggen.libp2p.kad.QueryEffect.News;
import io.ggen.libp2p.kad.QueryEffect.PeerFound;
import io.ggen.libp2p.kad.QueryEffect.ProvidersFound;
import io.ggen.libp2p.kad.QueryEffect.Secured;
import io.ggen.libp2p.kad.QueryEffect.ValueFound;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.libp2p.security.Role;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Kademlia on a host: finds peers, values and providers, stores them, and keeps a share of what
 * others store. Thread-safe. Everything is decided by a {@link KadNode} behind one lock, under
 * which nobody waits for the network; virtual threads do the rest.
 *
 * <p>Calls block for at most {@link KadOptions#patience()} and return what there is by then; the
 * task itself goes on for up to a minute.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md">kad-dht</a>
 */
public final class Kad implements AutoCloseable {
    private static final int AT_ONCE = 256;
    private static final System.Logger LOG = System.getLogger(Kad.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int REMEMBERED = 20;

    private final Host host;
    private final Identify identify;
    private final KadOptions options;
    private final KadNode node;
    private final KadClient client;
    private final KadServer server;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Long, Inbox> inboxes = new ConcurrentHashMap<>();
    private final List<Consumer<KadEvent>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService events =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("kad-events").factory());
    private volatile boolean serving;
    private volatile boolean closed;

    private Kad(Host host, Identify identify, KadOptions options) {
        this.host = host;
        this.identify = identify;
        this.options = options;
        var storage =
                new KadStorage(
                        options.records(),
                        options.providers(),
                        options.publications(),
                        this::addresses);
        this.node = new KadNode(host.peerId(), options.node(), storage, new SecureRandom());
        this.client = new KadClient(host, options.protocol(), options.node().query().deadline());
        var responder =
                new Responder(
                        host.peerId(), this::closest, storage, options.node().query().named());
        this.server = new KadServer(responder, host.options().clock(), () -> serving);
    }

    /**
     * Lets {@code host} speak Kademlia until it is closed. Names of bootstrap peers are looked up
     * meanwhile.
     *
     * @param identify tells peers whenever this host begins or ceases to serve
     */
    public static Kad attach(Host host, Identify identify, KadOptions options) {
        var kad = new Kad(host, identify, options);
        kad.serve(kad.node.isServer());
        host.onEvent(kad::onEvent);
        host.onReached(kad::onReached);
        host.connections().forEach(connection -> kad.meet(connection.remotePeer()));
        Thread.ofVirtual().name("kad timer").start(kad::keepTime);
        kad.join(options.bootstrap());
        return kad;
    }

    private List<Multiaddr> addresses(PeerId peer) {
        return peer.equals(host.peerId()) ? host.addresses() : host.peerStore().addresses(peer);
    }

    private List<KadPeer> closest(Place target, int count) {
        return asked(it -> it.table().closest(target, count));
    }

    /** Takes {@code peers} to join the network by, in place of those before. Does not wait. */
    public void join(List<BootstrapAddress> peers) {
        Thread.ofVirtual()
                .name("kad bootstrap")
                .start(() -> {
                    List<BootstrapPeer> known = new ArrayList<>();
                    peers.forEach(peer -> known.addAll(resolve(peer)));
                    known.addAll(remembered());
                    decide((it, now) -> it.bootstrap(known, now));
                });
    }

    private List<BootstrapPeer> resolve(BootstrapAddress bootstrap) {
        Multiaddr address = bootstrap.address();
        try {
            List<Multiaddr> found =
                    address.has(AddressProtocol.P2P) ? List.of(address) : host.resolve(address);
            return found.stream()
                    .flatMap(each -> peer(each).stream())
                    .map(peer -> new BootstrapPeer(peer, bootstrap.priority()))
                    .toList();
        } catch (Libp2pException e) {
            LOG.log(System.Logger.Level.WARNING, "the bootstrap peer {0} is not found", address);
            return List.of();
        }
    }

    private static Optional<KadPeer> peer(Multiaddr address) {
        List<Multiaddr.Component> parts = address.components();
        Multiaddr.Component last = parts.getLast();
        if (last.protocol() != AddressProtocol.P2P || parts.size() == 1) {
            return Optional.empty();
        }
        var place = new Multiaddr(parts.subList(0, parts.size() - 1));
        return Optional.of(new KadPeer(new PeerId(last.value()), List.of(place)));
    }

    /** Peers that were met in an earlier life help as well, after those that are configured. */
    private List<BootstrapPeer> remembered() {
        return host.peerStore().peers().stream()
                .filter(this::serves)
                .map(peer -> new KadPeer(peer, host.peerStore().addresses(peer)))
                .filter(peer -> !peer.addresses().isEmpty())
                .limit(REMEMBERED)
                .map(peer -> new BootstrapPeer(peer, Integer.MAX_VALUE))
                .toList();
    }

    private boolean serves(PeerId peer) {
        return host.peerStore()
                .identity(peer)
                .filter(identity -> identity.protocols().contains(options.protocol()))
                .isPresent();
    }

    /** Returns where {@code peer} is, as it says itself where it could be asked. */
    public Optional<KadPeer> findPeer(PeerId peer) {
        List<Multiaddr> known = addresses(peer);
        boolean connected =
                host.connections().stream().anyMatch(each -> each.remotePeer().equals(peer));
        if (connected && !known.isEmpty()) {
            return Optional.of(new KadPeer(peer, known));
        }
        List<News> news = run(new KadTask.FindPeer(peer), found -> false);
        List<Multiaddr> learned = addresses(peer);
        return learned.isEmpty()
                ? all(news, PeerFound.class).reduce((first, last) -> last).map(PeerFound::peer)
                : Optional.of(new KadPeer(peer, learned));
    }

    /**
     * Returns the peers nearest to {@code key}: those that have answered, and those that several
     * others name and that have taken a connection, for which no answer is awaited.
     */
    public KadResult.Peers closest(Bytes key) {
        List<News> news = run(new KadTask.Closest(key), found -> false);
        return new KadResult.Peers(
                done(news).map(Done::nearest).orElse(List.of()), done(news).isPresent());
    }

    /**
     * Returns the best value of {@code key} that {@code quorum} peers and this one know, of fewer
     * where there are no more. Whoever gave a lesser one is told the best.
     */
    public KadResult.Value get(Bytes key, int quorum) {
        List<News> news = run(new KadTask.Get(key, quorum), found -> false);
        if (done(news).isPresent()) {
            Done done = done(news).get();
            return new KadResult.Value(done.value(), done.holders(), true);
        }
        List<ValueFound> values = all(news, ValueFound.class).toList();
        return new KadResult.Value(
                values.isEmpty() ? Optional.empty() : Optional.of(values.getLast().record()),
                values.size(),
                false);
    }

    /**
     * Stores {@code value} under {@code key}, and again every 22 hours until it is {@link
     * #withdraw}n; returns as soon as three of four that are to hold it do.
     *
     * @throws IllegalArgumentException when it is not valid, or a better one is known here
     */
    public KadResult.Stored put(Bytes key, Bytes value) {
        return stored(run(new KadTask.Put(new KadRecord(key, value)), Secured.class::isInstance));
    }

    /**
     * Tells the peers nearest to {@code key} that this host has what it names, and again every 22
     * hours until it is {@link #withdraw}n; returns as soon as two of five were told.
     *
     * @throws IllegalStateException when the host listens nowhere
     */
    public KadResult.Stored provide(Bytes key) {
        return stored(run(new KadTask.Provide(key), Secured.class::isInstance));
    }

    /**
     * Provides many keys as {@link #provide} does, with two lookups for all that are near each
     * other. Does not wait.
     */
    public void provideAll(Collection<Bytes> keys) {
        List<Bytes> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Bytes> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            decide((it, now) -> it.provideAll(some, now));
        }
    }

    /** Provides no other keys than {@code keys} any more; others forget them within two days. */
    public void provideOnly(Set<Bytes> keys) {
        Place from = Place.ZERO;
        do {
            from = provideOnly(keys, from);
        } while (!from.equals(Place.ZERO));
    }

    /** Looks through some publications; returns where the next ones begin, zero after the last. */
    private Place provideOnly(Set<Bytes> keys, Place from) {
        return asked(it -> {
            List<Publication> page =
                    closed
                            ? List.of()
                            : options.publications().within(from, Place.ZERO.last(0), AT_ONCE);
            page.stream()
                    .filter(each -> each.value().isEmpty() && !keys.contains(each.key()))
                    .forEach(each -> options.publications().remove(each.key()));
            return page.isEmpty() ? Place.ZERO : page.getLast().place().next();
        });
    }

    /** Publishes {@code key} no more; others forget it within two days. */
    public void withdraw(Bytes key) {
        decide((it, now) -> options.publications().remove(key));
    }

    private static KadResult.Stored stored(List<News> news) {
        int secured = all(news, Secured.class).mapToInt(Secured::holders).max().orElse(0);
        return new KadResult.Stored(
                done(news).map(Done::holders).orElse(secured), done(news).isPresent());
    }

    /** Returns providers of {@code key}, and no more are looked for than are {@code enough}. */
    public KadResult.Peers providers(Bytes key, int enough) {
        List<News> news = run(new KadTask.Providers(key, enough), it -> false);
        var found = all(news, ProvidersFound.class).flatMap(it -> it.providers().stream());
        return new KadResult.Peers(found.toList(), done(news).isPresent());
    }

    private static Optional<Done> done(List<News> news) {
        return all(news, Done.class).findFirst();
    }

    private static <T extends News> java.util.stream.Stream<T> all(List<News> news, Class<T> kind) {
        return news.stream().filter(kind::isInstance).map(kind::cast);
    }

    private List<News> run(KadTask task, Predicate<News> enough) {
        Inbox inbox = new Inbox(task, now());
        decide((it, now) -> inboxes.put(it.start(task, now), inbox));
        if (closed) {
            inbox.close();
        }
        return inbox.await(options.patience(), enough);
    }

    /** Lets {@code listener} hear of every event from now on; it should return soon. */
    public void onEvent(Consumer<KadEvent> listener) {
        listeners.add(listener);
    }

    /** Returns whether this host serves others now. */
    public boolean isServer() {
        return serving;
    }

    /** Returns the peers of the routing table, the nearest buckets last. */
    public List<KadPeer> table() {
        return asked(it -> it.table().peers());
    }

    /** Returns when a bootstrap peer answered last. */
    public Optional<Instant> lastBootstrap() {
        return asked(KadNode::lastBootstrap);
    }

    private Instant now() {
        return host.options().clock().instant();
    }

    private <T> T asked(Function<KadNode, T> question) {
        lock.lock();
        try {
            return question.apply(node);
        } finally {
            lock.unlock();
        }
    }

    /** Tells the node something and hands its effects on, in order; nothing of it blocks. */
    private void decide(BiConsumer<KadNode, Instant> input) {
        lock.lock();
        try {
            if (closed) {
                return; // its stores may be closed, too
            }
            input.accept(node, now());
            node.effects().forEach(this::perform);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void perform(KadEffect effect) {
        switch (effect) {
            case KadEffect.Send send -> Thread.ofVirtual().name("kad call").start(() -> call(send));
            case KadEffect.Found(long task, News news) -> hear(task, news);
            case KadEffect.ModeChanged(boolean server) -> serve(server);
        }
    }

    private void call(KadEffect.Send send) {
        try {
            KadClient.Reply reply = client.ask(send.to(), send.request());
            decide((it, now) -> it.onAnswer(send.rpc(), reply.from(), reply.answer(), now));
        } catch (Libp2pException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> send.to().id() + " does not answer", e);
            decide((it, now) -> it.onFailure(send.rpc(), now));
        }
    }

    private void hear(long task, News news) {
        Inbox inbox = inboxes.get(task);
        if (inbox == null) {
            return;
        }
        inbox.put(news);
        if (news instanceof Done done) {
            inboxes.remove(task);
            publish(inbox.event(done, now()));
        }
    }

    private void publish(KadEvent event) {
        if (!listeners.isEmpty() && !closed) {
            events.execute(() -> listeners.forEach(listener -> listener.accept(event)));
        }
    }

    private void serve(boolean now) {
        serving = now && !closed;
        if (serving) {
            host.handle(options.protocol(), server::serve);
        } else {
            host.unhandle(options.protocol());
        }
        identify.pushToAll();
        publish(new KadEvent.ModeChanged(serving));
    }

    private void onEvent(HostEvent event) {
        if (closed) {
            return;
        }
        switch (event) {
            case HostEvent.PeerConnected connected -> meet(connected.peer());
            case HostEvent.PeerIdentified identified -> meet(identified.peer());
            case HostEvent.PeerDisconnected gone -> client.disconnected(gone.peer());
            case HostEvent.AddressesChanged changed -> {
                // told to others with the next announcement
            }
        }
    }

    private void onReached(PeerId peer) {
        if (!closed) {
            decide((it, now) -> it.onReached(peer, now));
        }
    }

    private void meet(PeerId peer) {
        for (Connection connection : host.connections()) {
            if (connection.remotePeer().equals(peer)) {
                meet(peer, connection.facts());
                return;
            }
        }
    }

    private void meet(PeerId peer, Connection.Facts facts) {
        boolean known = host.peerStore().identity(peer).isPresent();
        boolean serves = serves(peer);
        var contact = new KadPeer(peer, host.peerStore().addresses(peer));
        decide((it, now) -> {
            if (facts.role() == Role.RESPONDER) {
                it.inbound(facts.remoteAddress());
            }
            if (serves) {
                it.offer(contact, facts.remoteAddress(), now);
            } else if (known) {
                it.withdraw(peer);
            }
        });
    }

    private void keepTime() {
        try {
            while (awaitWakeUp()) {
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A disk that is full for a while must not end Kademlia for good. */
    private void tick() throws InterruptedException {
        try {
            decide(KadNode::tick);
            client.sweep();
        } catch (Libp2pException e) {
            LOG.log(System.Logger.Level.WARNING, "the stores of Kademlia fail", e);
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /** Waits for the node's time to come, which may change meanwhile; false when it is closed. */
    private boolean awaitWakeUp() throws InterruptedException {
        lock.lock();
        try {
            Duration wait = Duration.between(now(), node.wakeUp());
            while (!closed && wait.isPositive()) {
                changed.awaitNanos(saturated(wait));
                wait = Duration.between(now(), node.wakeUp());
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private static long saturated(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT.toNanos() : wait.toNanos();
    }

    /** Ends Kademlia on the host, which stays open. Tasks under way end without a result. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            serving = false;
            changed.signal();
        } finally {
            lock.unlock();
        }
        host.unhandle(options.protocol());
        inboxes.values().forEach(Inbox::close);
        client.close();
        events.shutdown();
    }
}
