package io.ggen.simulator;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.router.RouterOptions;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.simulator.gossip.Audience;
import io.ggen.simulator.gossip.Conduct;
import io.ggen.simulator.gossip.GossipSwarm;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.report.Figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happens to messages. */
final class GossipScenarios {
    private static final int DIALS = 10;
    private static final int MESSAGES = 20;
    private static final int MESSAGE_BYTES = 1024;
    private static final double SILENT = 0.2;
    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(700);
    private static final Duration AFTERWARDS = Duration.ofSeconds(10);

    private GossipScenarios() {}

    /** Everybody forwards. */
    static Figures gossip(Setting setting) {
        Network network = setting.network();
        var swarm = new GossipSwarm(network, RouterOptions.standard()).connectAtRandom(DIALS);
        network.world().run(SETTLE);
        return measured(network, swarm);
    }

    /** A fifth of the nodes takes part in meshes, but forwards nothing. */
    static Figures silent(Setting setting) {
        Network network = setting.network();
        var swarm = new GossipSwarm(network, RouterOptions.standard()).connectAtRandom(DIALS);
        swarm.nodes().stream()
                .filter(node -> network.world().random().nextDouble() < SILENT)
                .forEach(node -> node.behave(Conduct.silent()));
        network.world().run(SETTLE);
        return measured(network, swarm);
    }

    private static Figures measured(Network network, GossipSwarm swarm) {
        long before = network.sent();
        List<Message> messages = publish(network, swarm);
        long sent = network.sent() - before;
        var audience = new Audience(swarm, number -> true);
        messages.forEach(audience::add);
        return audience.figures()
                .put("bytesPerNodeAndMessage", (double) sent / network.nodes() / MESSAGES)
                .put("messages", MESSAGES);
    }

    private static List<Message> publish(Network network, GossipSwarm swarm) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            int author = network.world().random().nextInt(network.nodes());
            messages.add(swarm.publish(swarm.node(author), content(i)));
            network.world().run(PAUSE);
        }
        network.world().run(AFTERWARDS);
        return messages;
    }

    private static Bytes content(int number) {
        byte[] data = new byte[MESSAGE_BYTES];
        data[0] = (byte) number;
        return Bytes.wrap(data);
    }
}
