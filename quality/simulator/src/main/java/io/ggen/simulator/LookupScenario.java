package io.ggen.simulator;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.kad.KadTask;
import io.ggen.libp2p.kad.QueryEffect.Done;
import io.ggen.libp2p.kad.QueryEffect.ValueFound;
import io.ggen.libp2p.key.PeerId;
import io.ggen.simulator.dht.DhtNode;
import io.ggen.simulator.dht.DhtSwarm;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;
import io.ggen.simulator.report.Figures;
import io.ggen.simulator.report.Samples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lookups while a fifth of the nodes has just died and nobody knows yet: whoever asks has no
 * connection to anybody, and its table is that of a node that has long been there.
 */
final class LookupScenario {
    private static final int ASKERS = 40;
    private static final int ROUNDS = 5;
    private static final int NEAREST = 20;
    private static final double DEAD = 0.2;
    private static final Duration SETTLE = Duration.ofMinutes(3);
    private static final Duration LONGEST = Duration.ofSeconds(70);

    private final Network network;
    private final World world;
    private final DhtSwarm swarm;
    private final Samples nearestMs = new Samples();
    private final Samples valueMs = new Samples();
    private final Samples floorMs = new Samples();
    private final Samples requests = new Samples();
    private long found;
    private long expected;
    private long lost;

    private LookupScenario(Setting setting) {
        network = setting.network();
        world = network.world();
        swarm = new DhtSwarm(network, DhtSwarm.Addresses.publicly(world)).acquainted();
    }

    static Figures run(Setting setting) {
        return new LookupScenario(setting).measured();
    }

    private Figures measured() {
        List<DhtNode> askers = askers();
        List<KadRecord> records = new ArrayList<>();
        for (DhtNode asker : askers) {
            asker.live();
            var record = new KadRecord(Bytes.utf8("/sim/" + asker.number()), Bytes.utf8("value"));
            records.add(record);
            swarm.node(world.random().nextInt(network.nodes()))
                    .start(new KadTask.Put(record), news -> {});
        }
        world.run(SETTLE);
        kill(askers);
        for (int round = 0; round < ROUNDS; round++) {
            for (DhtNode asker : askers) {
                nearest(asker);
                value(asker, records.get(world.random().nextInt(records.size())).key());
            }
        }
        return new Figures()
                .quantiles("valueMs", valueMs)
                .put("valuesLost", lost)
                .quantiles("nearestMs", nearestMs)
                .put("overlap", (double) found / expected)
                .put("floorMsP50", floorMs.quantile(0.5))
                .put("floorMsP95", floorMs.quantile(0.95))
                .put("requestsPerLookup", requests.mean())
                .put("lookups", nearestMs.count());
    }

    private List<DhtNode> askers() {
        List<DhtNode> askers = new ArrayList<>();
        int step = Math.max(1, network.nodes() / ASKERS);
        for (int i = 0; i < network.nodes() && askers.size() < ASKERS; i += step) {
            askers.add(swarm.node(i));
        }
        return askers;
    }

    private void kill(List<DhtNode> askers) {
        for (DhtNode node : swarm.nodes()) {
            if (!askers.contains(node) && world.random().nextDouble() < DEAD) {
                network.setDown(node.number(), true);
            }
        }
    }

    private void nearest(DhtNode asker) {
        Bytes key = Bytes.utf8("key " + world.random().nextLong());
        List<PeerId> truth = swarm.nearest(key, NEAREST, asker);
        long before = asker.asked();
        List<PeerId> answer = new ArrayList<>();
        ask(
                asker,
                new KadTask.Closest(key),
                nearestMs,
                done -> done.nearest().stream().map(KadPeer::id).forEach(answer::add));
        requests.add((double) (asker.asked() - before));
        expected += truth.size();
        found += truth.stream().filter(answer::contains).count();
        floorMs.add(floor(asker, truth));
    }

    /** Returns how long it takes to dial and ask the true ones at once, known by a miracle. */
    private double floor(DhtNode asker, List<PeerId> truth) {
        return swarm.nodes().stream()
                        .filter(node -> truth.contains(node.peer().id()))
                        .mapToLong(node -> 4 * network.roundTrip(asker.number(), node.number()))
                        .max()
                        .orElse(0)
                / 1e3;
    }

    private void ask(DhtNode asker, KadTask task, Samples into, Consumer<Done> then) {
        asker.forgetConnections();
        long begun = world.micros();
        boolean[] ended = {false};
        asker.start(
                task,
                news -> {
                    if (news instanceof Done done) {
                        into.add((world.micros() - begun) / 1e3);
                        ended[0] = true;
                        then.accept(done);
                    }
                });
        long end = begun + LONGEST.toNanos() / 1000;
        world.runUntil(() -> ended[0] || world.micros() > end);
    }

    private void value(DhtNode asker, Bytes key) {
        long begun = world.micros();
        boolean[] first = {false};
        asker.forgetConnections();
        asker.start(
                new KadTask.Get(key, 1),
                news -> {
                    if (news instanceof ValueFound && !first[0]) {
                        first[0] = true;
                        valueMs.add((world.micros() - begun) / 1e3);
                    }
                });
        long end = begun + LONGEST.toNanos() / 1000;
        world.runUntil(() -> first[0] || world.micros() > end);
        lost += first[0] ? 0 : 1;
    }
}
