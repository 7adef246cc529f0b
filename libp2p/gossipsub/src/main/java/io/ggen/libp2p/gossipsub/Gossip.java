package io.ggen.libp2p.gossipsub;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.gossipsub.router.Effect;
import io.ggen.libp2p.gossipsub.router.Environment;
import io.ggen.libp2p.gossipsub.router.Link;
import io.ggen.libp2p.gossipsub.router.Router;
import io.ggen.libp2p.gossipsub.router.Verdict;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.RpcCodec;
import io.ggen.libp2p.gossipsub.rpc.StrictSign;
import io.ggen.libp2p.gossipsub.score.PeerReport;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostEvent;
import io.ggen.libp2p.host.Origin;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.security.Role;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Gossipsub on a host: publishes signed messages and delivers those of subscribed topics, each
 * once. Thread-safe. Everything is decided by a {@link Router} behind one lock, under which nothing
 * blocks; a virtual thread for each stream and each validation does the rest.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.2.md">
 *     gossipsub 1.2</a>
 */
public final class Gossip implements AutoCloseable {
    /** The protocol with IDONTWANT. */
    public static final String PROTOCOL_1_2 = "/meshsub/1.2.0";

    /** The protocol without. */
    public static final String PROTOCOL_1_1 = "/meshsub/1.1.0";

    private static final System.Logger LOG = System.getLogger(Gossip.class.getName());
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 6;

    private final Host host;
    private final GossipOptions options;
    private final Router router;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PeerId, PeerLink> links = new ConcurrentHashMap<>();
    private final Map<PeerId, Integer> failures = new ConcurrentHashMap<>();
    private final Map<String, Subscriber> subscribers = new ConcurrentHashMap<>();
    private final BlockingQueue<Effect.Deliver> deliveries;
    private final PeerExchange exchange;
    private final AtomicLong seqno;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Gossip(Host host, GossipOptions options) {
        this.host = host;
        this.options = options;
        this.deliveries = new ArrayBlockingQueue<>(options.queue());
        this.exchange = new PeerExchange(host);
        this.seqno = new AtomicLong(host.options().clock().instant().toEpochMilli() * 1_000_000);
        var environment =
                new Environment(host.peerId(), options.ids(), exchange::record, new SecureRandom());
        this.router = new Router(environment, options.router());
    }

    /** Lets {@code host} speak gossipsub with every peer that does, from now until it is closed. */
    public static Gossip attach(Host host, GossipOptions options) {
        var gossip = new Gossip(host, options);
        host.handle(PROTOCOL_1_2, gossip::read);
        host.handle(PROTOCOL_1_1, gossip::read);
        host.onEvent(gossip::onEvent);
        host.connections().forEach(connection -> gossip.link(connection.remotePeer()));
        Thread.ofVirtual().name("gossip heartbeat").start(gossip::beat);
        Thread.ofVirtual().name("gossip deliveries").start(gossip::deliver);
        return gossip;
    }

    /** Subscribes to {@code topic}; a subscriber that was there is replaced. */
    public void subscribe(String topic, Subscriber subscriber) {
        if (Bytes.utf8(topic).length() > options.limits().topicBytes() || topic.isEmpty()) {
            throw new IllegalArgumentException("a topic's name has 1 to 256 bytes: " + topic);
        }
        subscribers.put(topic, subscriber);
        decide((it, now) -> it.subscribe(topic, now));
    }

    /** Leaves {@code topic}. */
    public void unsubscribe(String topic) {
        subscribers.remove(topic);
        decide((it, now) -> it.unsubscribe(topic, now));
    }

    /**
     * Signs {@code data} and sends it to the peers of {@code topic}, which need not be subscribed.
     * It is not delivered here. Returns its id. Does not wait for anybody.
     *
     * @throws IllegalArgumentException when it is larger than other implementations take
     */
    public Bytes publish(String topic, Bytes data) {
        var key = host.options().identity();
        Message message = StrictSign.sign(key, seqno.incrementAndGet(), topic, data);
        if (message.encode().length() > options.limits().messageBytes()) {
            throw new IllegalArgumentException(
                    "a message of %d bytes is larger than the %d that every peer takes"
                            .formatted(data.length(), options.limits().messageBytes()));
        }
        decide((it, now) -> it.publish(message, now));
        return options.ids().of(message);
    }

    /** Returns the peers in the mesh of {@code topic}. */
    public Set<PeerId> mesh(String topic) {
        return asked(it -> it.mesh(topic));
    }

    /** Returns the peers that speak gossipsub. */
    public Set<PeerId> peers() {
        return asked(Router::peers);
    }

    /** Returns the score of {@code peer} and what it is made of; empty when it is not known. */
    public Optional<PeerReport> inspect(PeerId peer) {
        return asked(it -> it.inspect(peer));
    }

    /** Sets what the application thinks of {@code peer}: P5 of its score. */
    public void rate(PeerId peer, double points) {
        decide((it, now) -> {
            it.rate(peer, points);
            return List.of();
        });
    }

    private <T> T asked(Function<Router, T> question) {
        lock.lock();
        try {
            return question.apply(router);
        } finally {
            lock.unlock();
        }
    }

    /** Asks the router and hands its effects on, in order; nothing of it blocks. */
    private void decide(BiFunction<Router, Instant, List<Effect>> input) {
        lock.lock();
        try {
            input.apply(router, host.options().clock().instant()).forEach(this::perform);
        } finally {
            lock.unlock();
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Send send -> send(send);
            case Effect.Validate validate ->
                    Thread.ofVirtual().name("gossip validation").start(() -> validate(validate));
            case Effect.Wait pause ->
                    Thread.ofVirtual().name("gossip pause").start(() -> pause(pause));
            case Effect.Deliver deliver -> {
                if (!deliveries.offer(deliver)) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "a subscriber is too slow: a message of {0} is lost to it",
                            deliver.message().topic());
                }
            }
            case Effect.Exchange offered -> exchange.connect(offered.candidates());
            case Effect.Ban ban ->
                    Thread.ofVirtual().name("gossip ban").start(() -> disconnect(ban));
        }
    }

    private void send(Effect.Send send) {
        PeerLink link = links.get(send.to());
        if (link != null && !link.offer(send.rpc())) {
            LOG.log(System.Logger.Level.DEBUG, "{0} is too slow: an RPC is lost to it", send.to());
        }
    }

    private void disconnect(Effect.Ban ban) {
        LOG.log(System.Logger.Level.INFO, "{0} is kept away until {1}", ban.peer(), ban.until());
        connections(ban.peer()).forEach(Connection::close);
        end(ban.peer());
    }

    private List<Connection> connections(PeerId peer) {
        return host.connections().stream()
                .filter(connection -> connection.remotePeer().equals(peer))
                .filter(connection -> !connection.isClosed())
                .toList();
    }

    private void validate(Effect.Validate validate) {
        Verdict verdict =
                switch (StrictSign.check(validate.message())) {
                    case StrictSign.Check.Forged forged -> Verdict.FORGED;
                    case StrictSign.Check.Genuine genuine ->
                            judge(validate.from(), genuine.author(), validate.message());
                };
        decide((it, now) -> it.validated(validate.id(), verdict, now));
    }

    private void pause(Effect.Wait pause) {
        try {
            if (!closed.await(pause.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                decide((it, now) -> it.waited(pause.id()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Verdict judge(PeerId from, PeerId author, Message message) {
        Subscriber subscriber = subscribers.get(message.topic());
        try {
            return subscriber == null
                    ? Verdict.IGNORE
                    : subscriber.validate(from, author, message.data());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a subscriber fails to judge " + message, e);
            return Verdict.IGNORE;
        }
    }

    private void deliver() {
        try {
            while (closed.getCount() > 0) {
                Effect.Deliver next = deliveries.poll(1, TimeUnit.SECONDS);
                if (next != null) {
                    deliver(next.message());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Message message) {
        Subscriber subscriber = subscribers.get(message.topic());
        if (subscriber == null) {
            return;
        }
        try {
            subscriber.deliver(new PeerId(message.from()), message.data());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a subscriber fails to take " + message, e);
        }
    }

    private void beat() {
        long interval = options.router().times().heartbeat().toMillis();
        try {
            while (!closed.await(interval, TimeUnit.MILLISECONDS)) {
                decide(Router::heartbeat);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void onEvent(HostEvent event) {
        if (closed.getCount() == 0) {
            return;
        }
        switch (event) {
            case HostEvent.PeerConnected connected -> link(connected.peer());
            case HostEvent.PeerDisconnected gone -> {
                failures.remove(gone.peer());
                end(gone.peer());
            }
            case HostEvent.PeerIdentified identified -> identified(identified.peer());
            case HostEvent.AddressesChanged changed -> {
                // the streams stay
            }
        }
    }

    private PeerLink link(PeerId peer) {
        return links.computeIfAbsent(
                peer,
                who -> {
                    var link = new PeerLink(who, options.queue());
                    Thread.ofVirtual().name("gossip writer").start(() -> write(link));
                    return link;
                });
    }

    /** What it speaks shows when a stream is opened; what it signed can be offered to others. */
    private void identified(PeerId peer) {
        exchange.identified(peer);
        if (!links.containsKey(peer)) {
            exchange.gone(peer);
        }
    }

    private void end(PeerId peer) {
        PeerLink link = links.get(peer);
        if (link != null) {
            end(link);
        }
    }

    /** Ends {@code link}; returns whether it had not been ended before. */
    private boolean end(PeerLink link) {
        boolean first =
                links.remove(link.peer(), link); // before its writer wakes up and ends it too
        link.close();
        if (first) {
            exchange.gone(link.peer());
            decide((it, now) -> it.disconnected(link.peer(), now));
        }
        return first;
    }

    /** Returns the address that a peer's score counts with (P6); none is local. */
    private static String scored(Connection connection) {
        Origin origin = Origin.of(connection.facts().remoteAddress());
        return origin.isLocal() ? "" : origin.address();
    }

    private void write(PeerLink link) {
        try {
            Connection connection = connections(link.peer()).getFirst();
            Stream stream = connection.open(PROTOCOL_1_2, PROTOCOL_1_1);
            stream.timeout(options.patience());
            var facts =
                    new Link(
                            connection.facts().role() == Role.INITIATOR,
                            stream.protocol().equals(PROTOCOL_1_2),
                            scored(connection));
            decide((it, now) -> it.connected(link.peer(), facts, now));
            link.ready();
            Thread.ofVirtual().name("gossip watcher").start(() -> watch(link, stream));
            link.write(stream);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Libp2pException | NoSuchElementException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "no gossip with " + link.peer(), e);
            if (end(link) && !isRefusal(e)) {
                linkLater(link.peer());
            }
        } finally {
            end(link);
        }
    }

    private static boolean isRefusal(RuntimeException failure) {
        return failure instanceof Libp2pException known
                && known.code() == Libp2pException.Code.UNSUPPORTED_PROTOCOL;
    }

    /** Nothing comes on this side's own stream but its end, which no write may show for long. */
    private void watch(PeerLink link, Stream stream) {
        ByteBuffer nothing = ByteBuffer.allocate(64);
        boolean open = true;
        while (open) {
            try {
                open = stream.read(nothing.clear()) >= 0;
            } catch (Libp2pException e) {
                open = e.code() == Libp2pException.Code.TIMEOUT;
                if (!open && end(link)) {
                    LOG.log(System.Logger.Level.DEBUG, () -> "lost " + link.peer(), e);
                    linkLater(link.peer());
                }
            }
        }
    }

    /**
     * While other connections to {@code peer} stand, a stream that failed is opened again: after a
     * second, then twice as long each time, up to a minute.
     */
    private void linkLater(PeerId peer) {
        if (closed.getCount() == 0 || connections(peer).isEmpty()) {
            return;
        }
        int doublings = Math.min(failures.merge(peer, 1, Integer::sum) - 1, MAX_DOUBLINGS);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
        Thread.ofVirtual().name("gossip again").start(() -> linkAfter(peer, pause));
    }

    private void linkAfter(PeerId peer, Duration pause) {
        try {
            if (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)
                    && !connections(peer).isEmpty()) {
                link(peer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Stream stream) {
        PeerLink link = link(stream.remotePeer());
        link.incoming(stream);
        try {
            boolean open = link.awaitReady(HANDSHAKE);
            while (open && closed.getCount() > 0) {
                Optional<Bytes> frame = Frames.read(stream, options.limits().rpcBytes());
                open = frame.isPresent();
                frame.ifPresent(bytes -> take(link.peer(), bytes));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Libp2pException e) {
            if (isViolation(e)) {
                decide((it, now) -> it.malformed(link.peer(), now));
            }
            throw e;
        }
    }

    /** A frame that is too long, or whose length is none. */
    private static boolean isViolation(Libp2pException failure) {
        return failure.code() == Libp2pException.Code.PROTOCOL_VIOLATION
                || failure.code() == Libp2pException.Code.MALFORMED;
    }

    /** A malformed RPC costs the peer, not the stream: after ten of them the peer is banned. */
    private void take(PeerId peer, Bytes frame) {
        Rpc rpc;
        try {
            rpc = RpcCodec.decode(frame, options.limits());
        } catch (MalformedMessageException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> peer + " sends a malformed RPC", e);
            decide((it, now) -> it.malformed(peer, now));
            return;
        }
        decide((it, now) -> it.received(peer, rpc, now));
    }

    /** Ends all gossip on the host, which stays open. Never throws. */
    @Override
    public void close() {
        closed.countDown();
        host.unhandle(PROTOCOL_1_2);
        host.unhandle(PROTOCOL_1_1);
        links.values().forEach(this::end);
    }
}
