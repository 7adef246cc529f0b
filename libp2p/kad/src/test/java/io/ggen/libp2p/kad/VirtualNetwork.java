package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.kad.QueryEffect.Done;
import io.ggen.libp2p.kad.QueryEffect.News;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * Whole nodes in virtual time. A message takes 10 to 100 ms one way, the same between the same two
 * nodes; a first message needs three round trips more. Who has left does not answer.
 */
final class VirtualNetwork {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Validator LONGER_IS_BETTER =
            new Validator() {
                @Override
                public boolean isValid(KadRecord record) {
                    return record.value().length() > 0;
                }

                @Override
                public int compare(KadRecord a, KadRecord b) {
                    int order = Integer.compare(a.value().length(), b.value().length());
                    return order == 0 ? a.value().compareTo(b.value()) : order;
                }
            };

    final Random random;
    final List<Node> nodes = new ArrayList<>();
    private final Map<PeerId, Node> byId = new HashMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private Instant now = START;
    private long sequence;

    private record Event(Instant at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }

    VirtualNetwork(long seed) {
        random = new Random(seed);
    }

    Instant now() {
        return now;
    }

    /** A node and what became of its tasks. */
    final class Node {
        final KadPeer peer;
        final KadStorage storage;
        final KadNode kad;
        final Map<Long, List<News>> news = new HashMap<>();
        final Set<PeerId> connected = new HashSet<>();
        boolean up = true;
        boolean serves;
        int asked;
        int searched;
        private Instant nextTick = Instant.MAX;

        private Node(KadPeer peer, NodeOptions.Mode mode) {
            this.peer = peer;
            var limits = StoreLimits.standard();
            this.storage =
                    new KadStorage(
                            new MemoryRecordStore(LONGER_IS_BETTER, limits),
                            new MemoryProviderStore(limits),
                            who -> who.equals(peer.id()) ? peer.addresses() : List.of());
            this.kad =
                    new KadNode(
                            peer.id(),
                            NodeOptions.standard(LONGER_IS_BETTER).in(mode),
                            storage,
                            random);
            this.serves = kad.isServer();
        }

        Multiaddr address() {
            return peer.addresses().getFirst();
        }

        void perform() {
            for (KadEffect effect : kad.effects()) {
                switch (effect) {
                    case KadEffect.Send send -> send(this, send);
                    case KadEffect.Found(long task, News found) ->
                            news.computeIfAbsent(task, any -> new ArrayList<>()).add(found);
                    case KadEffect.ModeChanged(boolean server) -> serves = server;
                }
            }
            Instant wake = kad.wakeUp().isBefore(now) ? now : kad.wakeUp();
            if (up && wake.isBefore(nextTick)) {
                nextTick = wake;
                at(wake, () -> tick(wake));
            }
        }

        private void tick(Instant planned) {
            if (planned.equals(nextTick)) {
                nextTick = Instant.MAX;
                if (up) {
                    kad.tick(now);
                }
                perform();
            }
        }

        /** Starts a task and lets time pass until it has ended. */
        Done run(KadTask task) {
            long id = kad.start(task, now);
            perform();
            while (done(id).isEmpty()) {
                step();
            }
            return done(id).orElseThrow();
        }

        private Optional<Done> done(long id) {
            List<News> heard = news.getOrDefault(id, List.of());
            return !heard.isEmpty() && heard.getLast() instanceof Done done
                    ? Optional.of(done)
                    : Optional.empty();
        }

        List<PeerId> providers(Bytes key) {
            run(new KadTask.Providers(key, 100));
            return news.values().stream()
                    .flatMap(List::stream)
                    .flatMap(found ->
                            found instanceof QueryEffect.ProvidersFound(List<KadPeer> providers)
                                    ? providers.stream()
                                    : java.util.stream.Stream.<KadPeer>empty())
                    .map(KadPeer::id)
                    .distinct()
                    .toList();
        }

        void leave() {
            up = false;
            for (Node other : nodes) {
                other.connected.remove(peer.id());
            }
            connected.clear();
        }
    }

    /** Adds a node that joins through the first one. */
    Node join(KadPeer peer, NodeOptions.Mode mode) {
        var node = new Node(peer, mode);
        nodes.add(node);
        byId.put(peer.id(), node);
        if (nodes.size() > 1) {
            node.kad.bootstrap(List.of(new BootstrapPeer(nodes.getFirst().peer, 0)), now);
        }
        node.perform();
        return node;
    }

    /** Adds {@code count} nodes of one private network, one every second, and lets them settle. */
    VirtualNetwork joined(int count) {
        for (int i = 0; i < count; i++) {
            join(Peers.at(nodes.size(), "/ip4/10.0.0.1/tcp/" + (1 + i)), NodeOptions.Mode.AUTO);
            pass(Duration.ofSeconds(1));
        }
        pass(Duration.ofMinutes(2));
        return this;
    }

    private void send(Node from, KadEffect.Send send) {
        from.asked++;
        from.searched += send.request() instanceof KadRequest.FindNode ? 1 : 0;
        Node to = byId.get(send.to().id());
        if (to == null) {
            later(oneWay(from.peer.id(), send.to().id()), () -> fail(from, send));
            return;
        }
        Duration way = oneWay(from.peer.id(), to.peer.id());
        boolean cold = !from.connected.contains(to.peer.id());
        if (cold) {
            later(way.multipliedBy(2), () -> reach(from, to));
        }
        later(way.multipliedBy(cold ? 7 : 1), () -> arrive(from, to, send, way));
    }

    private void reach(Node from, Node to) {
        if (to.up && from.up) {
            from.kad.onReached(to.peer.id(), now);
            from.perform();
        }
    }

    private void fail(Node from, KadEffect.Send send) {
        from.kad.onFailure(send.rpc(), now);
        from.perform();
    }

    private void arrive(Node from, Node to, KadEffect.Send send, Duration way) {
        if (!to.up || !from.up) {
            return;
        }
        connect(from, to);
        if (!to.serves) {
            later(way, () -> fail(from, send));
            return;
        }
        try {
            Optional<KadAnswer> answer = to.kad.onRequest(from.peer.id(), send.request(), now);
            later(
                    way,
                    () -> {
                        from.kad.onAnswer(
                                send.rpc(),
                                to.address(),
                                answer.orElse(KadAnswer.of(List.of())),
                                now);
                        from.perform();
                    });
        } catch (Libp2pException e) {
            later(way, () -> fail(from, send));
        }
    }

    private void connect(Node from, Node to) {
        if (from.connected.add(to.peer.id()) && to.connected.add(from.peer.id())) {
            to.kad.inbound(from.address());
            if (from.serves) {
                to.kad.offer(from.peer, from.address(), now);
            }
            to.perform();
        }
    }

    private static Duration oneWay(PeerId a, PeerId b) {
        return Duration.ofMillis(10 + Math.floorMod(a.hashCode() ^ b.hashCode(), 90));
    }

    private void later(Duration delay, Runnable action) {
        at(now.plus(delay), action);
    }

    void at(Instant when, Runnable action) {
        events.add(new Event(when, sequence++, action));
    }

    private void step() {
        Event next = events.remove();
        now = next.at();
        next.action().run();
    }

    /** Lets {@code time} pass. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        while (!events.isEmpty() && !events.peek().at().isAfter(end)) {
            step();
        }
        now = end;
    }

    /** Returns the living nodes that are truly nearest to {@code key}, without {@code asker}. */
    List<PeerId> nearest(Bytes key, Node asker) {
        Place target = Place.of(key);
        return nodes.stream()
                .filter(node -> node.up && node.serves && node != asker)
                .sorted((a, b) ->
                        target.compareDistances(Place.of(a.peer.id()), Place.of(b.peer.id())))
                .limit(20)
                .map(node -> node.peer.id())
                .toList();
    }
}
