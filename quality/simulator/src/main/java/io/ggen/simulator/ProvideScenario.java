package io.ggen.simulator;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.kad.KadTask;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multihash;
import io.ggen.simulator.dht.DhtNode;
import io.ggen.simulator.dht.DhtSwarm;
import io.ggen.simulator.dht.Inquiry;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;
import io.ggen.simulator.report.Figures;
import io.ggen.simulator.report.Samples;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nodes say what they have, and others look for it. */
final class ProvideScenario {
    private static final int PROVIDERS = 40;
    private static final int KEYS = 5;
    private static final Duration SETTLE = Duration.ofMinutes(3);

    private final World world;
    private final DhtSwarm swarm;
    private final Samples coldMs = new Samples();
    private final Samples warmMs = new Samples();
    private final Samples foundMs = new Samples();
    private final Samples requests = new Samples();
    private final Map<Bytes, DhtNode> provided = new LinkedHashMap<>();
    private long lost;

    private ProvideScenario(Setting setting) {
        Network network = setting.network();
        world = network.world();
        swarm = new DhtSwarm(network, DhtSwarm.Addresses.publicly(world)).acquainted();
    }

    static Figures run(Setting setting) {
        return new ProvideScenario(setting).measured();
    }

    static Bytes key(String name) {
        return Multihash.of(Sha256.of(Bytes.utf8(name))).encode();
    }

    private Figures measured() {
        List<DhtNode> providers = swarm.some(PROVIDERS);
        providers.forEach(DhtNode::live);
        world.run(SETTLE);
        for (int i = 0; i < KEYS; i++) {
            for (DhtNode provider : providers) {
                provide(provider, key("warm " + i + " " + provider.number()), warmMs);
                provider.forgetConnections();
                provide(provider, key("cold " + i + " " + provider.number()), coldMs);
            }
        }
        provided.forEach(this::find);
        return new Figures()
                .quantiles("providedMs", coldMs)
                .quantiles("providedWarmMs", warmMs)
                .put("requestsPerKey", requests.mean())
                .quantiles("foundMs", foundMs)
                .put("lost", lost)
                .put("keys", provided.size());
    }

    private void provide(DhtNode provider, Bytes key, Samples into) {
        long before = provider.asked();
        Inquiry inquiry = Inquiry.begin(provider, new KadTask.Provide(key)).toTheEnd();
        into.add(inquiry.securedMs());
        requests.add((double) (provider.asked() - before));
        provided.put(key, provider);
    }

    private void find(Bytes key, DhtNode provider) {
        Inquiry inquiry = Inquiry.begin(swarm.any(), new KadTask.Providers(key, 1)).toTheFirst();
        PeerId expected = provider.peer().id();
        if (inquiry.providers().contains(expected)) {
            foundMs.add(inquiry.firstMs());
        } else {
            lost++;
        }
    }
}
