package io.ggen.simulator;

import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.NetworkOptions;
import io.ggen.simulator.net.World;
import io.ggen.simulator.report.Figures;
import io.ggen.simulator.report.Samples;
import io.ggen.simulator.swarm.FetchNode;
import io.ggen.simulator.swarm.FetchSwarm;

import java.time.Duration;
import java.util.List;

/**
 * One node has 100 MB; all others fetch it at the same time, with no connection open. Losses are
 * left out: a stream under load repairs them without waiting for timeouts.
 */
final class SwarmScenario {
    private static final int BLOCKS = 100;
    private static final int BLOCK_BYTES = 1_000_000;
    private static final Duration SPREAD = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private SwarmScenario() {}

    static Figures run(Setting setting) {
        NetworkOptions options = NetworkOptions.standard().losing(0);
        World world = new World(setting.seed());
        Network network = new Network(world, options, setting.nodes());
        var swarm = new FetchSwarm(network, BLOCKS, BLOCK_BYTES);
        List<FetchNode> fetching = swarm.nodes().subList(1, setting.nodes());
        swarm.begin(SPREAD);
        long end = LIMIT.toNanos() / 1000;
        world.runUntil(
                () -> world.micros() > end || fetching.stream().allMatch(FetchNode::isComplete));
        var seconds = new Samples();
        fetching.stream().filter(FetchNode::isComplete).forEach(it -> seconds.add(it.took() / 1e6));
        double content = (double) BLOCKS * BLOCK_BYTES;
        double ideal = content / options.upload();
        double sent = swarm.nodes().stream().mapToLong(FetchNode::blocksSent).sum();
        return new Figures()
                .put("complete", seconds.count() / (double) fetching.size())
                .put("copiesFromOrigin", swarm.nodes().getFirst().blocksSent() / (double) BLOCKS)
                .quantiles("seconds", seconds)
                .put("secondsMax", seconds.quantile(1))
                .put("p99ToP50", seconds.quantile(0.99) / seconds.quantile(0.5))
                .put("idealSeconds", ideal)
                .put("totalToIdeal", seconds.quantile(1) / ideal)
                .put("blocksForABlock", sent / BLOCKS / fetching.size())
                .put("bytesForAByte", network.sent() / content / fetching.size());
    }
}
