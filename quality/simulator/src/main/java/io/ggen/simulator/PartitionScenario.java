package io.ggen.simulator;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.router.RouterOptions;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.kad.KadTask;
import io.ggen.libp2p.key.PeerId;
import io.ggen.simulator.dht.DhtNode;
import io.ggen.simulator.dht.DhtSwarm;
import io.ggen.simulator.dht.Inquiry;
import io.ggen.simulator.gossip.Audience;
import io.ggen.simulator.gossip.GossipSwarm;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;
import io.ggen.simulator.report.Figures;

import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The network falls into two halves and becomes one again: what works in each of them meanwhile,
 * and how much afterwards.
 */
final class PartitionScenario {
    private static final int DIALS = 10;
    private static final int NEAREST = 20;
    private static final int LOOKUPS = 20;
    private static final Duration SETTLE = Duration.ofMinutes(1);
    private static final Duration KEEPALIVE = Duration.ofSeconds(30);
    private static final Duration APART = Duration.ofMinutes(15);
    private static final Duration TOGETHER = Duration.ofMinutes(5);

    private final Network network;
    private final World world;

    private PartitionScenario(Setting setting) {
        network = setting.network();
        world = network.world();
    }

    static Figures run(Setting setting) {
        return new Figures()
                .putAll("gossip", new PartitionScenario(setting).gossip())
                .putAll("dht", new PartitionScenario(setting).dht());
    }

    private Figures gossip() {
        var swarm = new GossipSwarm(network, RouterOptions.standard()).connectAtRandom(DIALS);
        world.run(SETTLE);
        network.cut(node -> node % 2);
        swarm.noticeCut(KEEPALIVE);
        double during = delivered(swarm, 0, number -> number % 2 == 0);
        world.run(SETTLE);
        double later = delivered(swarm, 1, number -> number % 2 == 1);
        network.heal();
        swarm.connectAtRandom(1);
        world.run(SETTLE);
        return new Figures()
                .put("deliveredAtOnce", during)
                .put("deliveredApart", later)
                .put("deliveredTogether", delivered(swarm, 0, number -> true));
    }

    private double delivered(GossipSwarm swarm, int author, IntPredicate audience) {
        Message message =
                swarm.publish(swarm.node(author), Bytes.utf8("x".repeat(1024) + world.micros()));
        world.run(Duration.ofSeconds(10));
        var heard = new Audience(swarm, audience);
        heard.add(message);
        return heard.figures().get("delivered");
    }

    private Figures dht() {
        var swarm = new DhtSwarm(network, DhtSwarm.Addresses.publicly(world)).acquainted();
        swarm.nodes().forEach(DhtNode::live);
        world.run(SETTLE);
        network.cut(node -> node % 2);
        swarm.nodes().forEach(DhtNode::forgetConnections);
        world.run(APART);
        double apart = overlap(swarm);
        network.heal();
        double healed = overlap(swarm);
        world.run(TOGETHER);
        double first = overlap(swarm);
        world.run(TOGETHER);
        return new Figures()
                .put("overlapApart", apart)
                .put("overlapAtOnce", healed)
                .put("overlapAfter5Min", first)
                .put("overlapAfter10Min", overlap(swarm));
    }

    private double overlap(DhtSwarm swarm) {
        var overlap = new Overlap();
        for (DhtNode asker : swarm.some(LOOKUPS)) {
            Bytes key = Bytes.utf8("key " + world.random().nextLong());
            List<PeerId> truth = swarm.nearest(key, NEAREST, asker);
            overlap.add(truth, Inquiry.begin(asker, new KadTask.Closest(key)).toTheEnd().nearest());
        }
        return overlap.share();
    }
}
