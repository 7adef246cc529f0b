package io.ggen.simulator.gossip;

import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.simulator.report.Figures;
import io.ggen.simulator.report.Samples;

import java.util.function.IntPredicate;

/** Who has got which of some messages, when and how often. Not thread-safe. */
public final class Audience {
    private final GossipSwarm swarm;
    private final IntPredicate counted;
    private final Samples delays = new Samples();
    private final Samples hops = new Samples();
    private long expected;
    private long copies;

    /** Counts those nodes whose number {@code counted} takes. */
    public Audience(GossipSwarm swarm, IntPredicate counted) {
        this.swarm = swarm;
        this.counted = counted;
    }

    /** Counts who of the audience has got {@code message}. */
    public void add(Message message) {
        Spread spread = swarm.spread(message);
        copies += spread.copies();
        for (GossipNode node : swarm.nodes()) {
            int number = node.number();
            if (counted.test(number) && spread.hops(number) != 0) {
                expected++;
                if (spread.has(number)) {
                    delays.add(spread.delay(number) / 1e3);
                    hops.add(spread.hops(number));
                }
            }
        }
    }

    /** Returns the share that was delivered, the delays, hops and how often each came again. */
    public Figures figures() {
        double delivered = delays.count();
        return new Figures()
                .put("delivered", expected == 0 ? 0 : delivered / expected)
                .put("missing", expected - delivered)
                .quantiles("ms", delays)
                .put("msMax", delays.quantile(1))
                .put("hopsMean", hops.mean())
                .put("hopsMax", hops.quantile(1))
                .put("duplicates", delivered == 0 ? 0 : (copies - delivered) / delivered);
    }
}
