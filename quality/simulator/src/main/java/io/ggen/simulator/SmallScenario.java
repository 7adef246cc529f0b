package io.ggen.simulator;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.BootstrapPeer;
import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.kad.KadTask;
import io.ggen.simulator.dht.DhtNode;
import io.ggen.simulator.dht.DhtSwarm;
import io.ggen.simulator.dht.Inquiry;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.NetworkOptions;
import io.ggen.simulator.net.World;
import io.ggen.simulator.report.Figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks of 2, 3, 4, 8, 20 and 21 nodes, up to as many as the setting has: every node provides
 * and stores, everybody looks for everything; then each node is started again, with what it keeps
 * and without its table, and everybody looks once more.
 */
final class SmallScenario {
    private static final List<Integer> SIZES = List.of(2, 3, 4, 8, 20, 21);
    private static final int KEYS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SETTLE = Duration.ofMinutes(2);

    private final World world;
    private final DhtSwarm swarm;
    private final List<Bytes> keys = new ArrayList<>();
    private final List<KadRecord> records = new ArrayList<>();
    private long lost;
    private long looked;

    private SmallScenario(int nodes, long seed) {
        world = new World(seed);
        var network = new Network(world, NetworkOptions.standard(), nodes);
        swarm = new DhtSwarm(network, DhtSwarm.Addresses.privately()).joined(PAUSE);
        world.run(SETTLE);
    }

    static Figures run(Setting setting) {
        var figures = new Figures();
        long looked = 0;
        for (int size : SIZES) {
            if (size <= setting.nodes()) {
                var one = new SmallScenario(size, setting.seed());
                one.play();
                figures.put("lostAt" + size, one.lost);
                looked += one.looked;
            }
        }
        return figures.put("lookups", looked);
    }

    private void play() {
        swarm.nodes().forEach(this::store);
        everybodyLooks();
        swarm.nodes().forEach(this::startAgain);
        everybodyLooks();
    }

    private void store(DhtNode node) {
        for (int i = 0; i < KEYS; i++) {
            String name = node.number() + "-" + i;
            Bytes key = ProvideScenario.key(name);
            var record = new KadRecord(Bytes.utf8("/sim/" + name), Bytes.utf8("value"));
            Inquiry.begin(node, new KadTask.Provide(key)).toTheEnd();
            Inquiry.begin(node, new KadTask.Put(record)).toTheEnd();
            keys.add(key);
            records.add(record);
        }
    }

    private void everybodyLooks() {
        for (DhtNode node : swarm.nodes()) {
            for (Bytes key : keys) {
                count(Inquiry.begin(node, new KadTask.Providers(key, 1)).toTheFirst());
            }
            for (KadRecord record : records) {
                count(Inquiry.begin(node, new KadTask.Get(record.key(), 1)).toTheFirst());
            }
        }
    }

    private void count(Inquiry inquiry) {
        looked++;
        lost += inquiry.hasFound() ? 0 : 1;
    }

    private void startAgain(DhtNode node) {
        int helper = node.number() == 0 ? 1 : 0;
        node.restart();
        node.kad().bootstrap(List.of(new BootstrapPeer(swarm.node(helper).peer(), 0)), world.now());
        node.live();
        world.run(SETTLE);
    }
}
