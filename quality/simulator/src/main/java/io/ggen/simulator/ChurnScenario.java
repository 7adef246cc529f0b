package io.ggen.simulator;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.router.RouterOptions;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.kad.BootstrapPeer;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.kad.KadTask;
import io.ggen.simulator.dht.DhtNode;
import io.ggen.simulator.dht.DhtSwarm;
import io.ggen.simulator.dht.Inquiry;
import io.ggen.simulator.gossip.Audience;
import io.ggen.simulator.gossip.GossipNode;
import io.ggen.simulator.gossip.GossipSwarm;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;
import io.ggen.simulator.report.Figures;
import io.ggen.simulator.report.Samples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Nodes that stay for half an hour and are away for a quarter of an hour, both on average; they end
 * without a word. What was stored in the beginning is looked for in the end, and messages are
 * published all the time.
 */
final class ChurnScenario {
    private static final Duration STAY = Duration.ofMinutes(30);
    private static final Duration AWAY = Duration.ofMinutes(15);
    private static final Duration KEEPALIVE = Duration.ofSeconds(30);
    private static final int RECORDS = 20;
    private static final int NEAREST = 20;
    private static final int STEPS = 20;
    private static final int DIALS = 10;
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration SETTLE = Duration.ofMinutes(1);
    private static final Duration SPREAD = Duration.ofSeconds(10);

    private final Network network;
    private final World world;

    private ChurnScenario(Setting setting) {
        network = setting.network();
        world = network.world();
    }

    static Figures run(Setting setting) {
        return new Figures()
                .putAll("dht", new ChurnScenario(setting).dht())
                .putAll("gossip", new ChurnScenario(setting).gossip());
    }

    /** Lets a node end and come back, again and again; node 0 always stays. */
    private void churn(int node, Runnable end, Runnable start) {
        world.after(
                draw(STAY),
                () -> {
                    end.run();
                    world.after(
                            draw(AWAY),
                            () -> {
                                start.run();
                                churn(node, end, start);
                            });
                });
    }

    private Duration draw(Duration mean) {
        double factor = -Math.log(1 - world.random().nextDouble());
        return Duration.ofMillis((long) (mean.toMillis() * factor) + 1);
    }

    private Figures dht() {
        var swarm = new DhtSwarm(network, DhtSwarm.Addresses.publicly(world)).acquainted();
        swarm.nodes().forEach(DhtNode::live);
        List<KadRecord> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            var record = new KadRecord(Bytes.utf8("/sim/" + i), Bytes.utf8("value"));
            records.add(record);
            Inquiry.begin(swarm.node(0), new KadTask.Put(record));
        }
        world.run(SETTLE);
        swarm.nodes().stream()
                .skip(1)
                .forEach(node -> churn(node.number(), () -> end(node), () -> start(swarm, node)));
        world.run(STEP.multipliedBy(STEPS));
        return looked(swarm, records);
    }

    private void end(DhtNode node) {
        network.setDown(node.number(), true);
    }

    private void start(DhtSwarm swarm, DhtNode node) {
        network.setDown(node.number(), false);
        node.restart();
        var first = new BootstrapPeer(swarm.node(0).peer(), 0);
        node.kad().bootstrap(List.of(first), world.now());
        node.live();
    }

    private Figures looked(DhtSwarm swarm, List<KadRecord> records) {
        var overlap = new Overlap();
        var nearestMs = new Samples();
        int lost = 0;
        for (KadRecord record : records) {
            DhtNode asker = swarm.any();
            Inquiry get = Inquiry.begin(asker, new KadTask.Get(record.key(), 1)).toTheFirst();
            lost += get.hasFound() ? 0 : 1;
            var truth = swarm.nearest(record.key(), NEAREST, asker);
            Inquiry inquiry = Inquiry.begin(asker, new KadTask.Closest(record.key())).toTheEnd();
            nearestMs.add(inquiry.endMs());
            overlap.add(truth, inquiry.nearest());
        }
        return new Figures()
                .put("down", down())
                .put("lost", lost)
                .put("overlap", overlap.share())
                .quantiles("nearestMs", nearestMs)
                .put("tableDead", tableDead(swarm));
    }

    private double down() {
        double down = 0;
        for (int node = 0; node < network.nodes(); node++) {
            down += network.isDown(node) ? 1 : 0;
        }
        return down / network.nodes();
    }

    /** Returns the share of dead peers in the tables of the living. */
    private double tableDead(DhtSwarm swarm) {
        Set<Object> dead = new HashSet<>();
        swarm.nodes().stream()
                .filter(node -> network.isDown(node.number()))
                .forEach(node -> dead.add(node.peer().id()));
        double known = 0;
        double gone = 0;
        for (DhtNode node : swarm.nodes()) {
            if (!network.isDown(node.number())) {
                for (KadPeer peer : node.kad().table().peers()) {
                    known++;
                    gone += dead.contains(peer.id()) ? 1 : 0;
                }
            }
        }
        return gone / known;
    }

    private Figures gossip() {
        var swarm = new GossipSwarm(network, RouterOptions.standard()).connectAtRandom(DIALS);
        world.run(SETTLE);
        for (GossipNode node : swarm.nodes()) {
            if (node.number() > 0) {
                churn(
                        node.number(),
                        () -> swarm.crash(node, KEEPALIVE),
                        () -> swarm.start(node, DIALS));
            }
        }
        Set<Integer> stayed = new HashSet<>();
        var figures = new Samples();
        Samples p99 = new Samples();
        for (int i = 0; i < STEPS; i++) {
            world.run(STEP);
            stayed.clear();
            swarm.nodes().stream()
                    .filter(node -> node.neighbours().size() > 1)
                    .forEach(node -> stayed.add(node.number()));
            Message message = swarm.publish(swarm.node(0), Bytes.utf8("x".repeat(1024) + i));
            world.run(SPREAD);
            swarm.nodes().stream()
                    .filter(node -> network.isDown(node.number()))
                    .forEach(node -> stayed.remove(node.number()));
            var audience = new Audience(swarm, stayed::contains);
            audience.add(message);
            Figures one = audience.figures();
            figures.add(one.get("delivered"));
            p99.add(one.get("msP99"));
        }
        return new Figures()
                .put("delivered", figures.mean())
                .put("deliveredWorst", figures.quantile(0))
                .put("msP99", p99.quantile(0.99));
    }
}
