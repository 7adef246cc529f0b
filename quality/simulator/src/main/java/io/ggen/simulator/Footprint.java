package io.ggen.simulator;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.router.RouterOptions;
import io.ggen.simulator.gossip.GossipSwarm;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What the router of one of many nodes takes of this machine, the simulation around it included.
 *
 * @param heapKib after a garbage collection, ten peers dialled
 * @param messageMicros of CPU for one message of 1 KB
 * @param restMicros of CPU for a minute in which nothing is published
 */
record Footprint(double heapKib, double messageMicros, double restMicros) {
    private static final int DIALS = 10;
    private static final int MESSAGES = 10;
    private static final int MESSAGE_BYTES = 1024;
    private static final int MOST_COLLECTIONS = 20;
    private static final long SETTLED = 10_000;
    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final Duration REST = Duration.ofSeconds(60);
    private static final Duration SPREAD = Duration.ofSeconds(3);

    /** Measures a network; its messages come with those seconds of rest in which they spread. */
    static Footprint of(Setting setting) {
        long before = heap();
        Network network = setting.network();
        World world = network.world();
        var swarm = new GossipSwarm(network, RouterOptions.standard()).connectAtRandom(DIALS);
        world.run(SETTLE);
        double heap = heap() - before;
        double rest = micros(() -> world.run(REST));
        double busy =
                micros(() -> {
                    for (int i = 0; i < MESSAGES; i++) {
                        byte[] content = new byte[MESSAGE_BYTES];
                        content[0] = (byte) i;
                        swarm.publish(swarm.node(i), Bytes.wrap(content));
                        world.run(SPREAD);
                    }
                });
        double restMeanwhile = rest * MESSAGES * SPREAD.toMillis() / REST.toMillis();
        double nodes = setting.nodes();
        return new Footprint(
                heap / 1024 / nodes,
                Math.max(0, busy - restMeanwhile) / MESSAGES / nodes,
                rest / nodes);
    }

    private static double micros(Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        work.run();
        return (threads.getCurrentThreadCpuTime() - begun) / 1e3;
    }

    /** Returns what is in use once collections free nothing more: some objects take several. */
    private static long heap() {
        long last = Long.MAX_VALUE;
        long used = collected();
        for (int i = 0; i < MOST_COLLECTIONS && last - used > SETTLED; i++) {
            last = used;
            used = collected();
        }
        return used;
    }

    private static long collected() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
