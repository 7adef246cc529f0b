package io.ggen.simulator;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.kad.KadTask;
import io.ggen.libp2p.key.PeerId;
import io.ggen.simulator.dht.DhtNode;
import io.ggen.simulator.dht.DhtSwarm;
import io.ggen.simulator.dht.Inquiry;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;
import io.ggen.simulator.report.Figures;
import io.ggen.simulator.report.Samples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

    private final Network network;
    private final World world;
    private final DhtSwarm swarm;
    private final Samples nearestMs = new Samples();
    private final Samples valueMs = new Samples();
    private final Samples floorMs = new Samples();
    private final Samples requests = new Samples();
    private final Overlap overlap = new Overlap();
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
        List<DhtNode> askers = swarm.some(ASKERS);
        askers.forEach(DhtNode::live);
        List<KadRecord> records = store();
        world.run(SETTLE);
        swarm.kill(DEAD, node -> !askers.contains(node));
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
                .put("overlap", overlap.share())
                .put("floorMsP50", floorMs.quantile(0.5))
                .put("floorMsP95", floorMs.quantile(0.95))
                .put("requestsPerLookup", requests.mean())
                .put("lookups", nearestMs.count());
    }

    private List<KadRecord> store() {
        List<KadRecord> records = new ArrayList<>();
        for (int i = 0; i < ASKERS; i++) {
            var record = new KadRecord(Bytes.utf8("/sim/" + i), Bytes.utf8("value"));
            records.add(record);
            Inquiry.begin(swarm.any(), new KadTask.Put(record));
        }
        return records;
    }

    private void nearest(DhtNode asker) {
        Bytes key = Bytes.utf8("key " + world.random().nextLong());
        List<PeerId> truth = swarm.nearest(key, NEAREST, asker);
        long before = asker.asked();
        asker.forgetConnections();
        Inquiry inquiry = Inquiry.begin(asker, new KadTask.Closest(key)).toTheEnd();
        nearestMs.add(inquiry.endMs());
        requests.add((double) (asker.asked() - before));
        overlap.add(truth, inquiry.nearest());
        floorMs.add(swarm.floorMs(asker, truth));
    }

    private void value(DhtNode asker, Bytes key) {
        asker.forgetConnections();
        Inquiry inquiry = Inquiry.begin(asker, new KadTask.Get(key, 1)).toTheFirst();
        if (inquiry.hasFound()) {
            valueMs.add(inquiry.firstMs());
        } else {
            lost++;
        }
    }
}
