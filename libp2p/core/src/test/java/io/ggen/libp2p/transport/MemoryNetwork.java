package io.ggen.libp2p.transport;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A network in memory, for tests: named nodes that listen on {@code /memory/N} and dial each other
 * through whatever {@link Weather} there is, and that can be cut off and joined again. What happens
 * to the n-th dial depends on the seed alone. Thread-safe.
 */
public final class MemoryNetwork {
    private static final Duration LONGEST_OVERTAKING = Duration.ofMillis(100);
    private static final long BREAKS_WITHIN = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Random random;
    private final Map<Long, Listening> listeners = new HashMap<>();
    private final Set<MemoryDirection> directions = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = Weather.calm();
    private volatile Set<String> island = Set.of();
    private @Nullable Runnable overtaken;
    private long lastAddress;

    /** Makes a network in calm weather whose faults are drawn from {@code seed}. */
    public MemoryNetwork(long seed) {
        this.random = new Random(seed);
    }

    /** Lets later dials meet {@code next}; standing connections stay as they are. */
    public void weather(Weather next) {
        weather = next;
    }

    /** Returns how {@code node} reaches others and is reached. */
    public Transport node(String node) {
        return new Node(node);
    }

    /**
     * Cuts {@code nodes} off from all others: nothing passes in between until {@link #heal}, on
     * standing connections neither, which nobody is told of.
     */
    public void partition(String... nodes) {
        island = Set.of(nodes);
    }

    /** Joins all nodes again; what was under way arrives. */
    public void heal() {
        island = Set.of();
        locked(changed::signalAll);
        directions.forEach(MemoryDirection::wake);
    }

    private boolean isCut(String one, String other) {
        return island.contains(one) != island.contains(other);
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private record Listening(String node, Multiaddr address, Consumer<RawConnection> onConnection) {
        void arrive(RawConnection connection) {
            Thread.ofVirtual().name("memory-incoming").start(() -> onConnection.accept(connection));
        }
    }

    /** What befalls one dial. */
    private record Fate(
            boolean refused, boolean lost, boolean overtaken, long latency, long breaksAfter) {}

    private Fate draw() {
        Weather now = weather;
        return new Fate(
                random.nextDouble() < now.refused(),
                random.nextDouble() < now.lost(),
                random.nextDouble() < now.overtaken(),
                now.latency().toNanos() + (long) (random.nextDouble() * now.jitter().toNanos()),
                random.nextDouble() < now.broken()
                        ? random.nextLong(BREAKS_WITHIN)
                        : Long.MAX_VALUE);
    }

    private static Multiaddr address(long number) {
        return Multiaddr.parse("/memory/" + number);
    }

    private static long number(Multiaddr address) {
        return Long.parseUnsignedLong(address.value(AddressProtocol.MEMORY).orElseThrow());
    }

    private final class Node implements Transport {
        private final String name;

        Node(String name) {
            this.name = name;
        }

        @Override
        public boolean handles(Multiaddr address) {
            List<Multiaddr.Component> components = address.components();
            return components.getFirst().protocol() == AddressProtocol.MEMORY
                    && components.stream()
                            .skip(1)
                            .allMatch(c -> c.protocol() == AddressProtocol.P2P);
        }

        @Override
        public Listener listen(Multiaddr wanted, Consumer<RawConnection> onConnection) {
            lock.lock();
            try {
                long number = number(wanted) == 0 ? ++lastAddress : number(wanted);
                var listening = new Listening(name, address(number), onConnection);
                if (listeners.putIfAbsent(number, listening) != null) {
                    throw new Libp2pException(Code.IO, "somebody listens on " + wanted);
                }
                return new Open(number, listening);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public RawConnection dial(Multiaddr address, Duration limit) {
            long end = System.nanoTime() + limit.toNanos();
            lock.lock();
            try {
                Fate fate = draw();
                if (fate.refused()) {
                    throw new Libp2pException(Code.DIAL_FAILED, address + " refuses");
                }
                Listening target = awaitTarget(address, fate, end);
                waitWhile(() -> true, Math.min(end, System.nanoTime() + fate.latency()));
                return connect(target, fate);
            } finally {
                lock.unlock();
            }
        }

        private Listening awaitTarget(Multiaddr address, Fate fate, long end) {
            long number = number(address);
            waitWhile(() -> isOutOfReach(listeners.get(number), fate), end);
            Listening target = listeners.get(number);
            if (target == null) {
                throw new Libp2pException(Code.DIAL_FAILED, "nobody listens on " + address);
            }
            if (isOutOfReach(target, fate)) {
                throw new Libp2pException(Code.TIMEOUT, address + " did not answer in time");
            }
            return target;
        }

        private boolean isOutOfReach(@Nullable Listening target, Fate fate) {
            return target != null && (fate.lost() || isCut(name, target.node()));
        }

        private RawConnection connect(Listening target, Fate fate) {
            String other = target.node();
            var there = direction(fate, other);
            var back = direction(fate, other);
            var addresses =
                    new MemoryConnection.Addresses(address(++lastAddress), target.address());
            var arriving =
                    new MemoryConnection(
                            there, back, addresses.reversed(), () -> directions.remove(there));
            arrive(() -> target.arrive(arriving), fate.overtaken());
            return new MemoryConnection(back, there, addresses, () -> directions.remove(back));
        }

        private MemoryDirection direction(Fate fate, String other) {
            var direction =
                    new MemoryDirection(
                            fate.latency(), fate.breaksAfter(), () -> isCut(name, other));
            directions.add(direction);
            return direction;
        }
    }

    /** Called with the lock held. */
    private void arrive(Runnable arrival, boolean isOvertaken) {
        Runnable waiting = overtaken;
        overtaken = null;
        if (isOvertaken && waiting == null) {
            Runnable once = once(arrival);
            overtaken = once;
            Thread.ofVirtual().name("memory-overtaken").start(() -> arriveAtLast(once));
            return;
        }
        arrival.run();
        if (waiting != null) {
            waiting.run();
        }
    }

    private static Runnable once(Runnable action) {
        var done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    /** Nothing may have come to overtake it. */
    private void arriveAtLast(Runnable arrival) {
        long end = System.nanoTime() + LONGEST_OVERTAKING.toNanos();
        locked(() -> {
            waitWhile(() -> true, end);
            arrival.run();
        });
    }

    /** Called with the lock held. */
    private void waitWhile(BooleanSupplier blocked, long end) {
        try {
            long left = end - System.nanoTime();
            while (left > 0 && blocked.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Libp2pException(Code.TIMEOUT, "interrupted", e);
        }
    }

    private final class Open implements Transport.Listener {
        private final long number;
        private final Listening listening;

        Open(long number, Listening listening) {
            this.number = number;
            this.listening = listening;
        }

        @Override
        public List<Multiaddr> addresses() {
            return List.of(listening.address());
        }

        @Override
        public void close() {
            locked(() -> listeners.remove(number, listening));
        }
    }
}
