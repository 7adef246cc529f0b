package io.ggen.libp2p.host;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.dns.AddressResolver;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Connects to a peer at the best of its addresses: they are tried in order of rank, each a moment
 * after the one before, and the first that stands wins. Names are looked up meanwhile; what they
 * stand for joins the race. An address that failed is left alone for a while, longer each time.
 * Thread-safe.
 */
final class Dialer {
    private static final int MAX_DIALS = 160;
    private static final int MAX_DIALS_PER_PEER = 8;
    private static final Duration STAGGER = Duration.ofMillis(250);

    private final Backoffs backoffs;
    private final Network network;
    private final Semaphore dials = new Semaphore(MAX_DIALS);

    /** What a dialer does its work with. */
    interface Network {
        /** Blocks until {@code address} is connected and secured, or throws. */
        Connection connect(PeerId peer, Multiaddr address);

        /**
         * Returns the addresses of {@code peer} that one with a name stands for and that may be
         * dialled, or throws; blocks for a limited while.
         */
        List<Multiaddr> resolve(PeerId peer, Multiaddr named);
    }

    /** Makes a dialer that remembers which addresses failed by the time of {@code clock}. */
    Dialer(InstantSource clock, Network network) {
        this.backoffs = new Backoffs(clock);
        this.network = network;
    }

    /** Connects to {@code peer}; throws DIAL_FAILED naming each address with what went wrong. */
    Connection dial(PeerId peer, List<Multiaddr> addresses) {
        if (addresses.isEmpty()) {
            throw new Libp2pException(Code.DIAL_FAILED, "no address of " + peer + " is known");
        }
        return new Race(peer).run(addresses.stream().distinct().toList());
    }

    /** What came of one address. */
    private sealed interface Result {
        record Connected(Connection connection) implements Result {}

        record Resolved(List<Multiaddr> addresses) implements Result {}

        record Failed(String address, String reason) implements Result {}
    }

    /** One dial. Confined to the dialling thread but for the results, which others report. */
    private final class Race {
        private final PeerId peer;
        private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
        private final AtomicBoolean won = new AtomicBoolean();
        private final Set<Multiaddr> entered = new HashSet<>();
        private final List<Multiaddr> waiting = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private int underWay;

        Race(PeerId peer) {
            this.peer = peer;
        }

        Connection run(List<Multiaddr> addresses) {
            addresses.stream()
                    .filter(AddressResolver::isNamed)
                    .limit(MAX_DIALS_PER_PEER)
                    .forEach(named -> start(() -> resolve(named)));
            enter(addresses.stream().filter(address -> !AddressResolver.isNamed(address)).toList());
            if (waiting.size() == 1 && underWay == 0) {
                return alone(waiting.removeFirst());
            }
            try {
                return winner().orElseThrow(this::lost);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Libp2pException(
                        Code.DIAL_FAILED, "interrupted while dialling " + peer, e);
            } finally {
                won.set(true);
            }
        }

        /** Where nothing races, the dialling thread does the work itself. */
        private Connection alone(Multiaddr address) {
            return switch (attempt(address)) {
                case Result.Connected connected -> connected.connection();
                case Result.Failed failed -> {
                    failures.add(failed.address() + ": " + failed.reason());
                    throw lost();
                }
                case Result.Resolved resolved -> throw lost();
            };
        }

        private Optional<Connection> winner() throws InterruptedException {
            while (!waiting.isEmpty() || underWay > 0) {
                if (!waiting.isEmpty()) {
                    Multiaddr next = waiting.removeFirst();
                    start(() -> attempt(next));
                }
                switch (nextResult()) {
                    case null -> {
                        // the next address gets its chance beside this one
                    }
                    case Result.Connected connected -> {
                        return Optional.of(connected.connection());
                    }
                    case Result.Resolved resolved -> {
                        underWay--;
                        enter(resolved.addresses());
                    }
                    case Result.Failed failed -> {
                        underWay--;
                        failures.add(failed.address() + ": " + failed.reason());
                    }
                }
            }
            return Optional.empty();
        }

        private @org.jspecify.annotations.Nullable Result nextResult() throws InterruptedException {
            return waiting.isEmpty()
                    ? results.take()
                    : results.poll(STAGGER.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void enter(List<Multiaddr> addresses) {
            for (Multiaddr address : addresses) {
                if (entered.size() < MAX_DIALS_PER_PEER
                        && backoffs.isDue(address)
                        && entered.add(address)) {
                    waiting.add(address);
                }
            }
            waiting.sort(Comparator.comparingInt(Dialer::rank));
        }

        private void start(Supplier<Result> task) {
            underWay++;
            Thread.ofVirtual().name("dial").start(() -> report(task));
        }

        /** Whatever happens, the race hears of it: nobody waits for an attempt that is over. */
        private void report(Supplier<Result> task) {
            Result result = new Result.Failed("an attempt", "it failed for no known reason");
            try {
                result = task.get();
            } finally {
                report(result);
            }
        }

        private void report(Result result) {
            if (result instanceof Result.Connected late && !won.compareAndSet(false, true)) {
                late.connection().close();
            } else {
                results.add(result);
            }
        }

        private Result resolve(Multiaddr named) {
            try {
                return new Result.Resolved(network.resolve(peer, named));
            } catch (RuntimeException e) {
                return new Result.Failed(named.toString(), reason(e));
            }
        }

        private Result attempt(Multiaddr address) {
            dials.acquireUninterruptibly();
            try {
                Connection connection = network.connect(peer, address);
                backoffs.forgive(address);
                return new Result.Connected(connection);
            } catch (RuntimeException e) {
                if (!isOurs(e) && !Thread.currentThread().isInterrupted()) {
                    backoffs.punish(address);
                }
                return new Result.Failed(address.toString(), reason(e));
            } finally {
                dials.release();
            }
        }

        /** Our own want of room says nothing about an address. */
        private static boolean isOurs(RuntimeException failure) {
            return failure instanceof Libp2pException known && known.code() == Code.LIMIT_EXCEEDED;
        }

        private static String reason(RuntimeException failure) {
            return failure instanceof Libp2pException
                    ? String.valueOf(failure.getMessage())
                    : failure.toString();
        }

        private Libp2pException lost() {
            return new Libp2pException(
                    Code.DIAL_FAILED,
                    failures.isEmpty()
                            ? "every address of "
                                    + peer
                                    + " failed a moment ago and is left alone for now"
                            : "cannot connect to "
                                    + peer
                                    + ":\n  "
                                    + String.join("\n  ", failures));
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
}
