package io.ggen.simulator;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.BootstrapPeer;
import io.ggen.libp2p.kad.KadAnswer;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.kad.KadTask;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;
import io.ggen.simulator.dht.DhtConduct;
import io.ggen.simulator.dht.DhtNode;
import io.ggen.simulator.dht.DhtSwarm;
import io.ggen.simulator.dht.Inquiry;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;
import io.ggen.simulator.report.Figures;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An attacker wants to be all that a victim sees: half of the nodes are his, they connect to the
 * victim again and again and name nobody but each other. The victim is one that has long been
 * there, or one that starts again and is the attacker's first; his nodes are in a few networks
 * (/16) or all over the internet.
 */
final class EclipseScenario {
    private static final int NETWORKS = 8;
    private static final int NEAREST = 20;
    private static final int KEYS = 20;
    private static final Duration ASSAULT = Duration.ofMinutes(20);
    private static final Duration WAVE = Duration.ofMinutes(1);

    private final Network network;
    private final World world;
    private final DhtSwarm swarm;
    private final List<DhtNode> attackers;
    private final Set<PeerId> hostile = new HashSet<>();

    private EclipseScenario(Setting setting, boolean few) {
        network = setting.network();
        world = network.world();
        int honest = setting.nodes() / 2;
        DhtSwarm.Addresses anywhere = DhtSwarm.Addresses.publicly(world);
        swarm =
                new DhtSwarm(
                        network,
                        number -> few && number >= honest ? inFew(number) : anywhere.of(number));
        attackers = swarm.nodes().subList(honest, setting.nodes());
        attackers.forEach(node -> hostile.add(node.peer().id()));
        swarm.acquainted(swarm.nodes().subList(0, honest));
        swarm.acquainted(attackers);
        attackers.forEach(node -> node.behave(namingFriends()));
    }

    private static Multiaddr inFew(int number) {
        return Multiaddr.parse(
                "/ip4/%d.77.%d.%d/tcp/4001"
                        .formatted(101 + number % NETWORKS, number >> 8 & 0xff, number & 0xff));
    }

    static Figures run(Setting setting) {
        return new Figures()
                .putAll("few", new EclipseScenario(setting, true).assaulted(false))
                .putAll("many", new EclipseScenario(setting, false).assaulted(false))
                .putAll("freshFew", new EclipseScenario(setting, true).assaulted(true))
                .putAll("freshMany", new EclipseScenario(setting, false).assaulted(true));
    }

    private DhtConduct namingFriends() {
        return (asker, request, truth) -> Optional.of(KadAnswer.of(friends()));
    }

    private List<KadPeer> friends() {
        int from = world.random().nextInt(Math.max(1, attackers.size() - NEAREST));
        return attackers.subList(from, Math.min(attackers.size(), from + NEAREST)).stream()
                .map(DhtNode::peer)
                .toList();
    }

    private Figures assaulted(boolean fresh) {
        DhtNode victim = swarm.node(0);
        if (fresh) {
            victim.restart();
            assault(victim);
            var helper = new BootstrapPeer(swarm.node(1).peer(), 0);
            victim.kad().bootstrap(List.of(helper), world.now());
        }
        victim.live();
        for (Duration t = Duration.ZERO; t.compareTo(ASSAULT) < 0; t = t.plus(WAVE)) {
            assault(victim);
            world.run(WAVE);
        }
        return measured(victim);
    }

    private void assault(DhtNode victim) {
        attackers.forEach(attacker -> attacker.call(victim));
    }

    private Figures measured(DhtNode victim) {
        List<KadPeer> table = victim.kad().table().peers();
        long taken = table.stream().filter(peer -> hostile.contains(peer.id())).count();
        var overlap = new Overlap();
        for (int i = 0; i < KEYS; i++) {
            Bytes key = Bytes.utf8("key " + i);
            List<PeerId> truth =
                    swarm.nearest(key, 2 * network.nodes(), victim).stream()
                            .filter(peer -> !hostile.contains(peer))
                            .limit(NEAREST / 2)
                            .toList();
            Inquiry inquiry = Inquiry.begin(victim, new KadTask.Closest(key)).toTheEnd();
            overlap.add(truth, inquiry.nearest());
        }
        return new Figures()
                .put("tableTaken", table.isEmpty() ? 1 : (double) taken / table.size())
                .put("table", table.size())
                .put("honestFound", overlap.share());
    }
}
