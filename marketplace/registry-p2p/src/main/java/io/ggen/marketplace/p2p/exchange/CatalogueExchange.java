package io.ggen.marketplace.p2p.exchange;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostEvent;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Deadline;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.kad.NetworkGroup;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.security.Role;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.Introducer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps the catalogue of a host's node in step with those of the peers that it is connected to: one
 * exchange with each peer that it dialled, as soon as it is identified, and one with some peer
 * every ten minutes. Answers others. A peer that breaks a rule loses its connection. Thread-safe.
 */
public final class CatalogueExchange implements AutoCloseable {
    /** The protocol of the exchange. */
    public static final String PROTOCOL = "/ggen/catalog/1.0.0";

    private static final System.Logger LOG = System.getLogger(CatalogueExchange.class.getName());
    private static final int MAX_WAITING = 256;
    private static final int STREAMS_PER_PEER = 1;
    private static final int MAX_REPEATS = 256;

    /** So that a slow peer does not keep the others waiting. */
    private static final int AT_ONCE = 4;

    private final Host host;
    private final Catalogue catalogue;
    private final ExchangeLimits limits;
    private final Consumer<PeerId> onViolation;
    private final Seats incoming;
    private final BlockingQueue<PeerId> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final CountDownLatch closed = new CountDownLatch(1);

    private CatalogueExchange(
            Host host, Catalogue catalogue, ExchangeLimits limits, Consumer<PeerId> onViolation) {
        this.host = host;
        this.catalogue = catalogue;
        this.limits = limits;
        this.onViolation = onViolation;
        this.incoming = new Seats(limits.incoming(), limits.silence());
    }

    /**
     * Lets {@code host} speak the protocol from now until this is closed.
     *
     * @param onViolation hears of each peer that broke a rule, once its connection is closed
     */
    public static CatalogueExchange attach(
            Host host, Catalogue catalogue, ExchangeLimits limits, Consumer<PeerId> onViolation) {
        var exchange = new CatalogueExchange(host, catalogue, limits, onViolation);
        host.handle(PROTOCOL, STREAMS_PER_PEER, exchange::serve);
        host.onEvent(exchange::onEvent);
        host.connections().forEach(it -> exchange.enqueue(it.remotePeer(), true));
        for (int i = 0; i < AT_ONCE; i++) {
            boolean first = i == 0;
            Thread.ofVirtual().name("catalogue exchanges").start(() -> exchange.run(first));
        }
        return exchange;
    }

    private void onEvent(HostEvent event) {
        switch (event) {
            case HostEvent.PeerIdentified identified -> enqueue(identified.peer(), true);
            case HostEvent.PeerConnected connected -> {
                // what it speaks is not known yet
            }
            case HostEvent.PeerDisconnected gone -> {
                // an exchange under way ends by itself
            }
            case HostEvent.AddressesChanged changed -> {
                // the streams stay
            }
        }
    }

    /** Has {@code peer} wait for an exchange; of two that connect, the one that dialled begins. */
    private void enqueue(PeerId peer, boolean onlyIfDialled) {
        boolean dialled =
                host.connections().stream()
                        .anyMatch(it ->
                                it.remotePeer().equals(peer)
                                        && it.facts().role() == Role.INITIATOR);
        if (closed.getCount() > 0
                && speaks(peer)
                && (dialled || !onlyIfDialled)
                && !waiting.contains(peer)
                && !waiting.offer(peer)) {
            LOG.log(System.Logger.Level.DEBUG, "{0} waits for the next round", peer);
        }
    }

    private boolean speaks(PeerId peer) {
        return host.peerStore()
                .identity(peer)
                .map(PeerStore.Identity::protocols)
                .map(protocols -> protocols.contains(PROTOCOL))
                .orElse(false);
    }

    /** Exchanges with who waits; one such thread chooses somebody when nobody has for a while. */
    private void run(boolean chooses) {
        try {
            while (closed.getCount() > 0) {
                PeerId next = waiting.poll(limits.interval().toMillis(), TimeUnit.MILLISECONDS);
                if (closed.getCount() > 0) {
                    Optional.ofNullable(next)
                            .or(() -> chooses ? someone() : Optional.empty())
                            .ifPresent(this::tryExchange);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<PeerId> someone() {
        List<PeerId> peers =
                new ArrayList<>(host.connections().stream().map(Connection::remotePeer).toList());
        Collections.shuffle(peers);
        return peers.stream().filter(this::speaks).findFirst();
    }

    private void tryExchange(PeerId peer) {
        try {
            ExchangeOutcome outcome = exchange(peer);
            LOG.log(System.Logger.Level.DEBUG, "exchange with {0}: {1}", peer, outcome);
        } catch (Libp2pException | MarketplaceException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "no exchange with " + peer, e);
        }
    }

    /**
     * Brings both catalogues to the same state, in several exchanges where there is much to do.
     * Blocks until this side has all; the other has what it lacks soon after.
     *
     * @throws Libp2pException when the peer cannot be reached, breaks a rule, refuses or stalls
     */
    public ExchangeOutcome exchange(PeerId peer) {
        ExchangeOutcome total = once(peer);
        boolean isUseful = total.received() + total.sent() > 0;
        for (int i = 0; total.isCut() && isUseful && i < MAX_REPEATS; i++) {
            ExchangeOutcome next = once(peer);
            isUseful = next.received() + next.sent() > 0;
            total = total.then(next);
        }
        if (!total.isCut()) {
            catalogue.exchanged();
        }
        return total;
    }

    private ExchangeOutcome once(PeerId peer) {
        Stream stream = host.open(peer, PROTOCOL);
        try (stream;
                Deadline deadline = Deadline.start(limits.duration(), stream::reset)) {
            stream.timeout(limits.silence());
            var dialler = new Dialler(catalogue, introducer(stream), limits);
            send(stream, dialler.begin());
            while (dialler.isWaiting()) {
                dialler.take(receive(stream)).forEach(next -> send(stream, next));
            }
            finish(stream, dialler);
            deadline.met();
            return dialler.outcome();
        } catch (Libp2pException e) {
            stream.reset();
            punish(stream, e);
            throw e;
        }
    }

    /** Sends what the other lacks, and waits until it has taken all of it and ends, too. */
    private static void finish(Stream stream, Dialler dialler) {
        Optional<CatalogueMessage> offer = dialler.offer();
        while (offer.isPresent()) {
            send(stream, offer.get());
            offer = dialler.offer();
        }
        stream.closeWrite();
        Optional<Bytes> more = Frames.read(stream, CatalogueMessage.MAX_LENGTH);
        more.map(CatalogueMessage::decode).ifPresent(dialler::take);
    }

    private static void send(Stream stream, CatalogueMessage message) {
        Frames.write(stream, message.encode());
    }

    private static CatalogueMessage receive(Stream stream) {
        return Frames.read(stream, CatalogueMessage.MAX_LENGTH)
                .map(CatalogueMessage::decode)
                .orElseThrow(() ->
                        new Libp2pException(
                                Libp2pException.Code.CONNECTION_CLOSED,
                                stream.remotePeer() + " ended the exchange"));
    }

    private static Introducer introducer(Stream stream) {
        Connection connection = stream.connection();
        return new Introducer(
                connection.remotePeer(), NetworkGroup.of(connection.facts().remoteAddress()));
    }

    private void serve(Stream stream) {
        PeerId peer = stream.remotePeer();
        stream.timeout(limits.silence());
        if (incoming.has(peer)) {
            send(stream, new CatalogueMessage.Refusal("one exchange at a time"));
        } else if (incoming.take(stream)) {
            serveAlone(stream);
        } else {
            send(stream, new CatalogueMessage.Refusal("too many exchanges at once"));
        }
    }

    private void serveAlone(Stream stream) {
        try (Deadline deadline = Deadline.start(limits.duration(), stream::reset)) {
            var responder = new Responder(catalogue, introducer(stream), limits);
            Optional<Bytes> frame = Frames.read(stream, CatalogueMessage.MAX_LENGTH);
            while (frame.isPresent()) {
                responder
                        .take(CatalogueMessage.decode(frame.get()))
                        .ifPresent(answer -> send(stream, answer));
                frame = Frames.read(stream, CatalogueMessage.MAX_LENGTH);
            }
            deadline.met();
        } catch (Libp2pException e) {
            punish(stream, e);
            throw e;
        } finally {
            incoming.leave(stream);
        }
    }

    /** Ends the connection of a peer that broke a rule. */
    private void punish(Stream stream, Libp2pException broken) {
        switch (broken.code()) {
            case MALFORMED, PROTOCOL_VIOLATION -> {
                LOG.log(
                        System.Logger.Level.INFO,
                        () -> stream.remotePeer() + " breaks the rules of the catalogue",
                        broken);
                stream.connection().close();
                onViolation.accept(stream.remotePeer());
            }
            case INVALID_KEY,
                    UNSUPPORTED_PROTOCOL,
                    HANDSHAKE_FAILED,
                    STREAM_RESET,
                    CONNECTION_CLOSED,
                    TIMEOUT,
                    LIMIT_EXCEEDED,
                    DIAL_FAILED,
                    IO -> {
                // nobody is to blame, or the stream alone
            }
        }
    }

    /** Speaks the protocol no more; the host and the catalogue stay open. */
    @Override
    public void close() {
        closed.countDown();
        host.unhandle(PROTOCOL);
        waiting.clear();
        for (int i = 0; i < AT_ONCE; i++) {
            waiting.offer(host.peerId()); // wakes a thread that waits for the next exchange
        }
    }
}
