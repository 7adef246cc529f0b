package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.QueryEffect.Ask;
import io.ggen.libp2p.kad.QueryEffect.Done;
import io.ggen.libp2p.kad.QueryEffect.Tell;
import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Nodes that know each other through routing tables and answer after 5 to 150 ms, or never. */
final class PlainNetwork {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int K = 20;

    final Random random;
    final List<KadPeer> peers;
    final Map<PeerId, KadRecord> values = new HashMap<>();
    final Map<PeerId, KadPeer> provided = new HashMap<>();
    final Set<PeerId> dead = new HashSet<>();
    final Set<PeerId> liars = new HashSet<>();
    final List<QueryEffect> effects = new ArrayList<>();
    private final Map<PeerId, KadPeer> byId = new HashMap<>();
    private final Map<PeerId, RoutingTable> tables = new HashMap<>();
    private final PriorityQueue<Arrival> arrivals =
            new PriorityQueue<>((a, b) -> a.at.compareTo(b.at));
    private List<KadPeer> invented = List.of();
    private Instant now = START;
    private int asked;

    private record Arrival(
            Instant at, KadPeer peer, KadRequest request, Optional<KadAnswer> answer) {}

    PlainNetwork(int nodes, long seed) {
        random = new Random(seed);
        peers = IntStream.range(0, nodes).mapToObj(Peers::peer).toList();
        peers.forEach(peer -> byId.put(peer.id(), peer));
        peers.forEach(this::fill);
    }

    private void fill(KadPeer peer) {
        var table = new RoutingTable(peer.id(), RoutingOptions.standard());
        int offset = random.nextInt(peers.size());
        for (int i = 0; i < peers.size(); i++) {
            Peers.answered(table, peers.get((offset + i) % peers.size()), 1, START);
        }
        tables.put(peer.id(), table);
    }

    void kill(double share) {
        pick(share, dead);
    }

    /**
     * Lets a share lie: they name peers near {@code target} that do not exist, and wrong places.
     */
    void corrupt(double share, Place target) {
        pick(share, liars);
        invented =
                IntStream.range(1_000_000, 1_004_000)
                        .mapToObj(Peers::peer)
                        .sorted((a, b) -> order(target, a, b))
                        .limit(300)
                        .toList();
    }

    private void pick(double share, Set<PeerId> into) {
        peers.stream()
                .skip(1)
                .filter(peer -> random.nextDouble() < share)
                .forEach(peer -> into.add(peer.id()));
    }

    /** Returns the live peers that are truly nearest, without the first, who asks. */
    List<KadPeer> truth(Place target) {
        return peers.stream()
                .skip(1)
                .filter(peer -> !dead.contains(peer.id()))
                .sorted((a, b) -> order(target, a, b))
                .limit(K)
                .toList();
    }

    /** Returns those that live among the nearest of all, the dead included. */
    List<KadPeer> survivors(Place target) {
        return peers.stream()
                .skip(1)
                .sorted((a, b) -> order(target, a, b))
                .limit(K)
                .filter(peer -> !dead.contains(peer.id()))
                .toList();
    }

    private static int order(Place target, KadPeer a, KadPeer b) {
        return target.compareDistances(Place.of(a.id()), Place.of(b.id()));
    }

    private RoutingTable table(KadPeer peer) {
        return Objects.requireNonNull(tables.get(peer.id()));
    }

    KadPeer asker() {
        return peers.getFirst();
    }

    List<KadPeer> seeds(Place target) {
        return table(asker()).closest(target, K);
    }

    Duration elapsed() {
        return Duration.between(START, now);
    }

    int asked() {
        return asked;
    }

    /** Runs {@code query} to its end. */
    Done run(Query query) {
        while (true) {
            List<QueryEffect> todo = query.next(now);
            effects.addAll(todo);
            for (QueryEffect effect : todo) {
                if (effect instanceof Done done) {
                    return done;
                }
                perform(effect);
            }
            if (todo.isEmpty()) {
                step(query);
            }
        }
    }

    private void perform(QueryEffect effect) {
        switch (effect) {
            case Ask(KadPeer peer, KadRequest request) -> ask(peer, request);
            case Tell(KadPeer peer, KadRequest request) -> answer(peer, request);
            case QueryEffect.ValueFound found -> {}
            case QueryEffect.PeerFound found -> {}
            case QueryEffect.ProvidersFound found -> {}
            case QueryEffect.Secured secured -> {}
            case Done done -> {}
        }
    }

    private void ask(KadPeer peer, KadRequest request) {
        asked++;
        Instant at = now.plusMillis(5 + random.nextInt(146));
        KadPeer real = byId.get(peer.id());
        if (real == null || dead.contains(peer.id())) {
            return;
        }
        boolean reached = peer.addresses().containsAll(real.addresses());
        arrivals.add(
                new Arrival(
                        at,
                        peer,
                        request,
                        reached ? Optional.of(answer(real, request)) : Optional.empty()));
    }

    private void step(Query query) {
        Instant wake = query.wakeUp(now).orElseThrow();
        if (arrivals.isEmpty() || arrivals.peek().at().isAfter(wake)) {
            now = wake;
            return;
        }
        Arrival arrival = arrivals.remove();
        now = arrival.at();
        arrival.answer()
                .ifPresentOrElse(
                        answer -> query.onAnswer(arrival.peer(), arrival.request(), answer, now),
                        () -> query.onFailure(arrival.peer().id(), arrival.request()));
    }

    private KadAnswer answer(KadPeer peer, KadRequest request) {
        return switch (request) {
            case KadRequest.FindNode(Bytes target) -> KadAnswer.of(closer(peer, target));
            case KadRequest.GetValue(Bytes key) ->
                    new KadAnswer(
                            Optional.ofNullable(values.get(peer.id())),
                            closer(peer, key),
                            List.of());
            case KadRequest.GetProviders(Bytes key) ->
                    new KadAnswer(
                            Optional.empty(),
                            closer(peer, key),
                            Optional.ofNullable(provided.get(peer.id())).stream().toList());
            case KadRequest.PutValue(KadRecord record) -> {
                values.put(peer.id(), record);
                yield KadAnswer.of(List.of());
            }
            case KadRequest.AddProvider(Bytes key, KadPeer provider) -> {
                provided.put(peer.id(), provider);
                yield KadAnswer.of(List.of());
            }
            case KadRequest.Ping() -> KadAnswer.of(List.of());
        };
    }

    private List<KadPeer> closer(KadPeer peer, Bytes key) {
        if (!liars.contains(peer.id())) {
            return table(peer).closest(Place.of(key), K);
        }
        List<KadPeer> lies = new ArrayList<>();
        truth(Place.of(key)).subList(0, 5).forEach(near -> lies.add(Peers.misplaced(near)));
        for (int i = 0; i < 15; i++) {
            lies.add(invented.get(random.nextInt(invented.size())));
        }
        return lies;
    }
}
