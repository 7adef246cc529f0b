package io.ggen.simulator;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.KadAnswer;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.kad.KadTask;
import io.ggen.libp2p.kad.Place;
import io.ggen.simulator.dht.DhtConduct;
import io.ggen.simulator.dht.DhtNode;
import io.ggen.simulator.dht.DhtSwarm;
import io.ggen.simulator.dht.Inquiry;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;
import io.ggen.simulator.report.Figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Liars near keys: of all nodes, the 10, 20 or 40 that are nearest to each of five keys answer with
 * nothing but each other and keep nothing; in another run a fifth of the nodes anywhere invents
 * peers. What was stored before they came, what is stored while they are there, what an old value
 * they replay does.
 */
final class SybilScenario {
    private static final int KEYS = 5;
    private static final int ASKERS = 20;
    private static final int NEAREST = 20;
    private static final double INVENTORS = 0.2;
    private static final Duration SETTLE = Duration.ofMinutes(1);
    private static final Bytes OLD = Bytes.utf8("old");
    private static final Bytes NEW = Bytes.utf8("newest");

    private final Network network;
    private final World world;
    private final DhtSwarm swarm;
    private final List<Bytes> keys = new ArrayList<>();

    private SybilScenario(Setting setting) {
        network = setting.network();
        world = network.world();
        swarm = new DhtSwarm(network, DhtSwarm.Addresses.publicly(world)).acquainted();
        for (int i = 0; i < KEYS; i++) {
            keys.add(Bytes.utf8("/sim/key " + i));
        }
    }

    static Figures run(Setting setting) {
        return new Figures()
                .putAll("few", new SybilScenario(setting).surround(10))
                .putAll("half", new SybilScenario(setting).surround(NEAREST))
                .putAll("all", new SybilScenario(setting).surround(2 * NEAREST))
                .putAll("inventors", new SybilScenario(setting).invent())
                .putAll("replay", new SybilScenario(setting).replay());
    }

    private void put(Bytes key, Bytes value) {
        Inquiry.begin(swarm.any(), new KadTask.Put(new KadRecord(key, value))).toTheEnd();
    }

    /** The {@code count} nodes nearest to each key turn out to be one attacker's. */
    private Figures surround(int count) {
        keys.forEach(key -> put(key, OLD));
        Set<DhtNode> attackers = new HashSet<>();
        for (Bytes key : keys) {
            List<DhtNode> near = nearest(key, count);
            List<KadPeer> named = near.stream().map(DhtNode::peer).limit(NEAREST).toList();
            near.forEach(node -> node.behave(denying(named)));
            attackers.addAll(near);
        }
        double before = found(attackers, OLD);
        keys.forEach(key -> put(key, NEW));
        return new Figures().put("foundOld", before).put("foundNew", found(attackers, NEW));
    }

    private List<DhtNode> nearest(Bytes key, int count) {
        Place target = Place.of(key);
        return swarm.nodes().stream()
                .sorted((a, b) -> target.compareDistances(a.place(), b.place()))
                .limit(count)
                .toList();
    }

    private static DhtConduct denying(List<KadPeer> named) {
        return (asker, request, truth) -> Optional.of(KadAnswer.of(named));
    }

    private double found(Set<DhtNode> attackers, Bytes least) {
        int found = 0;
        int asked = 0;
        for (DhtNode asker : swarm.some(ASKERS)) {
            for (Bytes key : keys) {
                if (!attackers.contains(asker)) {
                    asked++;
                    found += gets(asker, key, least) ? 1 : 0;
                }
            }
        }
        return (double) found / asked;
    }

    private static boolean gets(DhtNode asker, Bytes key, Bytes least) {
        Inquiry inquiry = Inquiry.begin(asker, new KadTask.Get(key, NEAREST)).toTheEnd();
        return inquiry.value().filter(r -> r.value().length() >= least.length()).isPresent();
    }

    /** A fifth of all nodes names peers that do not exist, near whatever is asked for. */
    private Figures invent() {
        keys.forEach(key -> put(key, OLD));
        world.run(SETTLE);
        var invented = new Inventions(world);
        Set<DhtNode> liars = new HashSet<>();
        for (DhtNode node : swarm.nodes()) {
            if (world.random().nextDouble() < INVENTORS) {
                node.behave(invented);
                liars.add(node);
            }
        }
        double found = found(liars, OLD);
        var overlap = new Overlap();
        for (DhtNode asker : swarm.some(ASKERS)) {
            Bytes key = Bytes.utf8("somewhere " + asker.number());
            Inquiry inquiry = Inquiry.begin(asker, new KadTask.Closest(key)).toTheEnd();
            overlap.add(swarm.nearest(key, NEAREST, asker), inquiry.nearest());
        }
        return new Figures().put("found", found).put("overlap", overlap.share());
    }

    /** Twenty nodes store the old value again and again after the new one came. */
    private Figures replay() {
        keys.forEach(key -> put(key, OLD));
        keys.forEach(key -> put(key, NEW));
        for (Bytes key : keys) {
            var old = new KadRecord(key, OLD);
            for (DhtNode attacker : swarm.some(NEAREST)) {
                nearest(key, NEAREST).forEach(holder -> holder.receives(attacker, old));
            }
        }
        return new Figures().put("foundNew", found(Set.of(), NEW));
    }
}
