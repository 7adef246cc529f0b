package io.ggen.marketplace.p2p.node;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostEvent;
import io.ggen.libp2p.kad.Kad;
import io.ggen.libp2p.kad.KadOptions.BootstrapAddress;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.mdns.FoundPeer;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.config.BootstrapNode;
import io.ggen.marketplace.core.network.BootstrapOutcome;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps this node among others: joins through known nodes, comes back to them when it is cut off,
 * and connects to who is found on the local network. Thread-safe.
 */
final class Peering implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Peering.class.getName());
    private static final String BOOTSTRAP = "bootstrap";
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration JOINING = Duration.ofSeconds(30);
    private static final int MAX_DIALS = 8;
    private static final int ENOUGH = 64;

    private final Host host;
    private final Kad kad;
    private final Progress progress;
    private final Semaphore dials = new Semaphore(MAX_DIALS);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Multiaddr, Integer> nodes = new LinkedHashMap<>();
    private final Connectivity connectivity;
    private final Worth worth;
    private boolean stirred;
    private boolean closed;

    Peering(Parts parts, NetworkOptions options) {
        this.host = parts.host();
        this.kad = parts.kad();
        this.progress = parts.context().progress();
        for (BootstrapNode node : options.bootstrap()) {
            nodes.put(node.address(), node.priority());
        }
        this.worth = new Worth(parts);
        this.connectivity = new Connectivity(!nodes.isEmpty(), now());
    }

    /** Begins. */
    void start() {
        host.onEvent(this::onEvent);
        Thread.ofVirtual().name("peering").start(this::keep);
    }

    private Instant now() {
        return host.options().clock().instant();
    }

    private void onEvent(HostEvent event) {
        switch (event) {
            case HostEvent.PeerConnected _ -> count(true);
            case HostEvent.PeerDisconnected _ -> count(false);
            case HostEvent.PeerIdentified _, HostEvent.AddressesChanged _ -> {
                // changes nothing of who is connected
            }
        }
    }

    private void count(boolean isNew) {
        int peers = connected();
        lock.lock();
        try {
            connectivity.peers(peers, isNew, now());
            stirred = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many peers are connected. */
    int connected() {
        return (int) host.connections().stream().map(it -> it.remotePeer()).distinct().count();
    }

    /** Waits until a peer is connected; returns whether one is. */
    boolean awaitPeer(Duration patience) {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (connected() == 0 && nanos > 0 && !closed) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return connected() > 0;
    }

    private void keep() {
        try {
            while (!isClosed()) {
                if (asked(it -> it.isTryDue(now()))) {
                    join(known(), JOINING);
                }
                if (asked(it -> it.isWarningDue(now()))) {
                    progress.say(
                            "no bootstrap node can be reached; this node goes on alone and tries"
                                    + " again every 5 minutes");
                }
                worth.appraise();
                pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return asked(it -> closed);
    }

    private <T> T asked(java.util.function.Function<Connectivity, T> question) {
        lock.lock();
        try {
            return question.apply(connectivity);
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            stirred = false;
            long nanos = LOOK.toNanos();
            while (!closed && !stirred && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private Map<Multiaddr, Integer> known() {
        return asked(it -> new LinkedHashMap<>(nodes));
    }

    /** Connects to nodes, keeps their addresses, and looks for others through them. */
    BootstrapOutcome bootstrap(List<Multiaddr> addresses, Duration timeout) {
        Map<Multiaddr, Integer> wanted = new LinkedHashMap<>();
        addresses.forEach(address -> wanted.put(address, 1));
        lock.lock();
        try {
            wanted.forEach(nodes::putIfAbsent);
        } finally {
            lock.unlock();
        }
        return join(wanted, timeout);
    }

    private BootstrapOutcome join(Map<Multiaddr, Integer> wanted, Duration timeout) {
        List<Attempt> attempts = new ArrayList<>();
        wanted.keySet().forEach(address -> attempts.add(new Attempt(address)));
        attempts.forEach(Attempt::start);
        long end = System.nanoTime() + timeout.toNanos();
        attempts.forEach(attempt -> attempt.await(Math.max(1, end - System.nanoTime())));
        var outcome =
                new BootstrapOutcome(attempts.stream().map(Attempt::result).toList(), connected());
        lock.lock();
        try {
            connectivity.tried(outcome.reached(), now());
        } finally {
            lock.unlock();
        }
        List<BootstrapAddress> all = new ArrayList<>();
        known().forEach((address, priority) -> all.add(new BootstrapAddress(address, priority)));
        kad.join(all);
        return outcome;
    }

    /** One dial in a thread of its own. */
    private final class Attempt {
        private final Multiaddr address;
        private final Thread thread;
        private volatile boolean connected;
        private volatile String detail = "it did not answer in time";

        Attempt(Multiaddr address) {
            this.address = address;
            this.thread = Thread.ofVirtual().name("join").unstarted(this::dial);
        }

        void start() {
            thread.start();
        }

        private void dial() {
            try {
                byPeer(host.resolve(address)).forEach(this::dial);
            } catch (Libp2pException e) {
                detail = String.valueOf(e.getMessage());
            }
        }

        private Map<PeerId, List<Multiaddr>> byPeer(List<Multiaddr> addresses) {
            Map<PeerId, List<Multiaddr>> peers = new LinkedHashMap<>();
            for (Multiaddr each : addresses) {
                each.value(AddressProtocol.P2P)
                        .map(PeerId::parse)
                        .ifPresent(peer ->
                                peers.computeIfAbsent(peer, it -> new ArrayList<>()).add(each));
            }
            if (peers.isEmpty()) {
                detail = "it leads to no address with a peer's id (/p2p/ID)";
            }
            return peers;
        }

        /** Dials one of the peers that the address leads to; any of them is enough. */
        private void dial(PeerId peer, List<Multiaddr> addresses) {
            try {
                host.dial(peer, addresses);
                host.protect(peer, BOOTSTRAP);
                connected = true;
            } catch (Libp2pException e) {
                detail = String.valueOf(e.getMessage());
            }
        }

        void await(long nanos) {
            try {
                thread.join(Duration.ofNanos(nanos));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        BootstrapOutcome.Attempt result() {
            return new BootstrapOutcome.Attempt(address, connected, connected ? "" : detail);
        }
    }

    /** Returns the nodes that this one comes back to. */
    List<Multiaddr> nodes() {
        return List.copyOf(known().keySet());
    }

    /** Comes back to a node no more; returns whether it would have. */
    boolean forget(Multiaddr address) {
        address.value(AddressProtocol.P2P)
                .map(PeerId::parse)
                .ifPresent(peer -> host.unprotect(peer, BOOTSTRAP));
        return asked(it -> nodes.remove(address) != null);
    }

    /** Connects to a peer that was found on the local network, where there is room for it. */
    void met(FoundPeer found) {
        host.peerStore().addAddresses(found.peer(), found.addresses(), found.validity());
        if (connected() < ENOUGH && dials.tryAcquire()) {
            Thread.ofVirtual().name("lan").start(() -> dial(found));
        }
    }

    private void dial(FoundPeer found) {
        try {
            host.dial(found.peer(), found.addresses());
        } catch (Libp2pException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "cannot reach " + found.peer(), e);
        } finally {
            dials.release();
        }
    }

    /** Returns how well this node is connected: good, limited or alone. */
    String connectivity() {
        return asked(it -> it.state(now())).name().toLowerCase(Locale.ROOT);
    }

    /** Returns the peers that are connected. */
    List<PeerId> peers() {
        return host.connections().stream().map(it -> it.remotePeer()).distinct().toList();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
