package io.ggen.simulator;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.gossipsub.router.RouterOptions;
import io.ggen.libp2p.gossipsub.router.Verdict;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.RpcCodec;
import io.ggen.libp2p.gossipsub.rpc.RpcLimits;
import io.ggen.libp2p.gossipsub.rpc.Subscription;
import io.ggen.simulator.gossip.Audience;
import io.ggen.simulator.gossip.GossipNode;
import io.ggen.simulator.gossip.GossipSwarm;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;
import io.ggen.simulator.report.Figures;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * One node in twenty turns on its peers, each in one of the known ways, while the others publish:
 * what of it gets through to whom, and how soon it ends.
 */
final class FloodScenario {
    private static final int DIALS = 10;
    private static final int ONE_IN = 20;
    private static final int MESSAGES = 10;
    private static final Duration SETTLE = Duration.ofSeconds(15);
    private static final Duration ATTACK = Duration.ofSeconds(20);
    private static final Duration STROKE = Duration.ofMillis(500);
    private static final String PLACEHOLDER = "????????";
    private static final Bytes REJECTED = Bytes.utf8("rejected");

    private final Setting setting;
    private Bytes template = Bytes.empty();
    private long serial;

    private FloodScenario(Setting setting) {
        this.setting = setting;
    }

    static Figures run(Setting setting) {
        var flood = new FloodScenario(setting);
        return new Figures()
                .putAll("forged", flood.attack(flood::forged))
                .putAll("gaming", flood.attack(flood::rejected))
                .putAll("subscriptions", flood.attack(flood::subscriptions))
                .putAll("offers", flood.attack(flood::offers))
                .putAll("grafts", flood.attack(flood::grafts))
                .putAll("refusals", flood.attack(flood::refusals));
    }

    private Figures attack(BiConsumer<GossipNode, GossipNode> stroke) {
        Network network = setting.network();
        World world = network.world();
        var swarm = new GossipSwarm(network, RouterOptions.standard()).connectAtRandom(DIALS);
        swarm.judge((node, message, from) ->
                message.data().startsWith(REJECTED) ? Verdict.REJECT : Verdict.ACCEPT);
        world.run(SETTLE);
        world.every(STROKE, () -> strike(swarm, stroke));
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            GossipNode author = swarm.node(1 + i % (ONE_IN - 1));
            messages.add(swarm.publish(author, content(i)));
            world.run(ATTACK.dividedBy(MESSAGES));
        }
        world.run(SETTLE);
        return measured(swarm, messages);
    }

    private boolean strike(GossipSwarm swarm, BiConsumer<GossipNode, GossipNode> stroke) {
        for (int i = 0; i < swarm.nodes().size(); i += ONE_IN) {
            GossipNode attacker = swarm.node(i);
            List.copyOf(attacker.neighbours())
                    .forEach(victim -> stroke.accept(attacker, swarm.node(victim)));
        }
        return true;
    }

    private Figures measured(GossipSwarm swarm, List<Message> messages) {
        var audience = new Audience(swarm, number -> number % ONE_IN != 0);
        messages.forEach(audience::add);
        Figures heard = audience.figures();
        long honest = IntStream.range(0, setting.nodes()).filter(i -> i % ONE_IN != 0).count();
        return new Figures()
                .put("delivered", heard.get("delivered"))
                .put("msP99", heard.get("msP99"))
                .put("through", swarm.strangers())
                .put("checksPerNode", (double) swarm.checks() / honest)
                .put("linksLeft", linksLeft(swarm))
                .put("inMeshes", inMeshes(swarm));
    }

    /** Returns the share of the attackers' connections that are still there. */
    private double linksLeft(GossipSwarm swarm) {
        int left = 0;
        int attackers = 0;
        for (int i = 0; i < swarm.nodes().size(); i += ONE_IN) {
            left += swarm.node(i).neighbours().size();
            attackers++;
        }
        return left / (2.0 * DIALS * attackers);
    }

    /** Returns in how many meshes of honest nodes an attacker is, on average. */
    private double inMeshes(GossipSwarm swarm) {
        long in = 0;
        int attackers = 0;
        for (int i = 0; i < swarm.nodes().size(); i += ONE_IN) {
            GossipNode attacker = swarm.node(i);
            in +=
                    swarm.nodes().stream()
                            .filter(node -> node.number() % ONE_IN != 0)
                            .filter(node -> node.mesh().contains(attacker.id()))
                            .count();
            attackers++;
        }
        return (double) in / attackers;
    }

    private Bytes content(int number) {
        return Bytes.utf8("message " + number + " of a publisher" + " ".repeat(1000));
    }

    /** Two messages a second whose content is not what was signed. */
    private void forged(GossipNode attacker, GossipNode victim) {
        if (template.length() == 0) {
            template = RpcCodec.encode(Rpc.of(attacker.sign(Bytes.utf8(PLACEHOLDER))));
        }
        String digits = String.format("%08d", serial++ % 100_000_000);
        String altered = latin(template).replace(PLACEHOLDER, digits);
        Bytes frame = Bytes.wrap(altered.getBytes(StandardCharsets.ISO_8859_1));
        attacker.send(victim.id(), RpcCodec.decode(frame, RpcLimits.standard()));
    }

    private static String latin(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }

    /** A peer that behaved well until now sends what it signs, and what nobody wants. */
    private void rejected(GossipNode attacker, GossipNode victim) {
        attacker.send(
                victim.id(), Rpc.of(attacker.sign(REJECTED.concat(Bytes.utf8(" " + serial++)))));
    }

    /** Two hundred subscriptions a second, to ever new topics. */
    private void subscriptions(GossipNode attacker, GossipNode victim) {
        Subscription[] some = new Subscription[100];
        for (int i = 0; i < some.length; i++) {
            some[i] = new Subscription(true, "topic " + serial++);
        }
        attacker.send(victim.id(), Rpc.of(some));
    }

    /** Offers of messages that do not exist. */
    private void offers(GossipNode attacker, GossipNode victim) {
        var have = new Control.Have(GossipSwarm.TOPIC, ids(100));
        attacker.send(victim.id(), control(List.of(have), List.of(), List.of()));
    }

    /** Leaves the mesh and comes back, twice a second. */
    private void grafts(GossipNode attacker, GossipNode victim) {
        var prune = new Control.Prune(GossipSwarm.TOPIC, List.of(), Duration.ofMinutes(1));
        attacker.send(
                victim.id(),
                Rpc.of(
                        new Control(
                                List.of(),
                                List.of(),
                                List.of(GossipSwarm.TOPIC),
                                List.of(prune),
                                List.of())));
    }

    /** Refuses two hundred messages a second that do not exist. */
    private void refusals(GossipNode attacker, GossipNode victim) {
        attacker.send(victim.id(), control(List.of(), List.of(), ids(100)));
    }

    private List<Bytes> ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Sha256.of(Bytes.utf8("nothing " + serial++)).bytes())
                .toList();
    }

    private static Rpc control(List<Control.Have> have, List<Bytes> want, List<Bytes> dontWant) {
        return Rpc.of(new Control(have, want, List.of(), List.of(), dontWant));
    }
}
