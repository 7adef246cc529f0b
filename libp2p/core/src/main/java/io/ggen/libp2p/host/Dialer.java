package io.ggen.libp2p.host;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/**
 * Connects to a peer at the best of its addresses: they are tried in order of rank, each a moment
 * after the one before, and the first that stands wins. An address that failed is left alone for a
 * while, longer each time. Thread-safe.
 */
final class Dialer {
    private static final int MAX_DIALS = 160;
    private static final int MAX_DIALS_PER_PEER = 8;
    private static final int MAX_REMEMBERED = 4096;
    private static final Duration STAGGER = Duration.ofMillis(250);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(5);
    private static final Duration LAST_BACKOFF = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final BiFunction<PeerId, Multiaddr, Connection> connect;
    private final Semaphore dials = new Semaphore(MAX_DIALS);
    private final Map<Multiaddr, Backoff> backoffs =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Multiaddr, Backoff> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    private record Backoff(Duration length, Instant until) {}

    private sealed interface Attempt {
        record Connected(Connection connection) implements Attempt {}

        record Failed(Multiaddr address, Libp2pException reason) implements Attempt {}
    }

    /**
     * Dials through {@code connect}, which blocks until one address is connected and secured, or
     * throws.
     */
    Dialer(InstantSource clock, BiFunction<PeerId, Multiaddr, Connection> connect) {
        this.clock = clock;
        this.connect = connect;
    }

    /** Connects to {@code peer}; throws DIAL_FAILED naming each address with what went wrong. */
    Connection dial(PeerId peer, List<Multiaddr> addresses) {
        List<Multiaddr> ranked = rank(addresses);
        if (ranked.isEmpty()) {
            throw new Libp2pException(
                    Code.DIAL_FAILED,
                    addresses.isEmpty()
                            ? "no address of " + peer + " is known"
                            : "every address of "
                                    + peer
                                    + " failed a moment ago and is left alone for now");
        }
        BlockingQueue<Attempt> results = new ArrayBlockingQueue<>(ranked.size());
        var won = new AtomicBoolean();
        List<String> failures = new ArrayList<>();
        int started = 0;
        try {
            while (failures.size() < ranked.size()) {
                if (started < ranked.size()) {
                    start(peer, ranked.get(started++), results, won);
                }
                Attempt attempt =
                        started < ranked.size()
                                ? results.poll(STAGGER.toMillis(), TimeUnit.MILLISECONDS)
                                : results.take();
                switch (attempt) {
                    case null -> {
                        // the next address gets its chance beside this one
                    }
                    case Attempt.Connected connected -> {
                        return connected.connection();
                    }
                    case Attempt.Failed failed ->
                            failures.add(failed.address() + ": " + failed.reason().getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Libp2pException(Code.DIAL_FAILED, "interrupted while dialling " + peer, e);
        } finally {
            won.set(true);
        }
        throw new Libp2pException(
                Code.DIAL_FAILED,
                "cannot connect to " + peer + ":\n  " + String.join("\n  ", failures));
    }

    private void start(
            PeerId peer, Multiaddr address, BlockingQueue<Attempt> results, AtomicBoolean won) {
        Thread.ofVirtual()
                .name("dial")
                .start(() -> {
                    Attempt attempt = attempt(peer, address);
                    boolean late =
                            attempt instanceof Attempt.Connected && !won.compareAndSet(false, true);
                    if (late && attempt instanceof Attempt.Connected connected) {
                        connected.connection().close();
                    } else {
                        results.add(attempt);
                    }
                });
    }

    private Attempt attempt(PeerId peer, Multiaddr address) {
        dials.acquireUninterruptibly();
        try {
            Connection connection = connect.apply(peer, address);
            forgive(address);
            return new Attempt.Connected(connection);
        } catch (Libp2pException e) {
            punish(address);
            return new Attempt.Failed(address, e);
        } finally {
            dials.release();
        }
    }

    private List<Multiaddr> rank(List<Multiaddr> addresses) {
        Instant now = clock.instant();
        synchronized (backoffs) {
            return addresses.stream()
                    .distinct()
                    .filter(address -> {
                        Backoff backoff = backoffs.get(address);
                        return backoff == null || !backoff.until().isAfter(now);
                    })
                    .sorted(Comparator.comparingInt(Dialer::rank))
                    .limit(MAX_DIALS_PER_PEER)
                    .toList();
        }
    }

    /**
     * Loopback and private addresses are the quickest to fail or succeed, relays the slowest way to
     * talk.
     */
    private static int rank(Multiaddr address) {
        if (address.has(AddressProtocol.P2P_CIRCUIT)) {
            return 3;
        }
        return address.value(AddressProtocol.IP4)
                .map(ip ->
                        ip.startsWith("127.") || ip.startsWith("10.") || ip.startsWith("192.168.")
                                ? 0
                                : 1)
                .orElse(address.has(AddressProtocol.IP6) ? 1 : 2);
    }

    private void punish(Multiaddr address) {
        synchronized (backoffs) {
            Backoff before = backoffs.remove(address);
            Duration length = before == null ? FIRST_BACKOFF : before.length().multipliedBy(2);
            Duration bounded = length.compareTo(LAST_BACKOFF) > 0 ? LAST_BACKOFF : length;
            backoffs.put(address, new Backoff(bounded, clock.instant().plus(bounded)));
        }
    }

    private void forgive(Multiaddr address) {
        synchronized (backoffs) {
            backoffs.remove(address);
        }
    }
}
