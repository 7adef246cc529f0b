package io.ggen.simulator;

import io.ggen.base.Sha256;
import io.ggen.simulator.catalog.CatalogNode;
import io.ggen.simulator.catalog.CatalogSwarm;
import io.ggen.simulator.catalog.Publisher;
import io.ggen.simulator.gossip.Conduct;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;
import io.ggen.simulator.report.Figures;
import io.ggen.simulator.report.Samples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Records are published while a fifth of the nodes forwards nothing; one node in twenty is away for
 * that time, another one in twenty has never been there. Both come afterwards and catch up.
 */
final class CatalogScenario {
    private static final int DIALS = 10;
    private static final int ONE_IN = 20;
    private static final double SILENT = 0.2;
    private static final int PUBLISHERS = 10;
    private static final int KNOWN = 50;
    private static final int FRESH = 20;
    private static final int ASKED = 40;
    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration CATCHING_UP = Duration.ofSeconds(60);
    private static final Duration ROUND = Duration.ofSeconds(630);

    private final Network network;
    private final World world;
    private final CatalogSwarm swarm;
    private final List<CatalogNode> present = new ArrayList<>();
    private final List<CatalogNode> away = new ArrayList<>();
    private final List<CatalogNode> late = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Sha256> records = new ArrayList<>();
    private final Samples searchable = new Samples();
    private double worst = 1;
    private long found;
    private long asked;
    private long pairs;

    private CatalogScenario(Setting setting) {
        network = setting.network();
        world = network.world();
        swarm = new CatalogSwarm(network);
        for (CatalogNode node : swarm.nodes()) {
            switch (node.number() % ONE_IN) {
                case 1 -> away.add(node);
                case 2 -> late.add(node);
                default -> present.add(node);
            }
        }
    }

    static Figures run(Setting setting) {
        var scenario = new CatalogScenario(setting);
        scenario.begin();
        var figures = new Figures();
        scenario.publish(figures);
        scenario.comeBack(figures);
        return figures;
    }

    /** All but the late know the same records, and are connected; then some go away. */
    private void begin() {
        late.forEach(swarm::end);
        List<Publisher.Signed> known = new ArrayList<>();
        for (int i = 0; i < KNOWN; i++) {
            if (i < PUBLISHERS) {
                publishers.add(new Publisher(i));
            }
            known.add(publishers.get(i % PUBLISHERS).release("known/p" + i, world.now()));
        }
        known.forEach(record -> records.add(record.id()));
        present.forEach(node -> swarm.give(node, known));
        away.forEach(node -> swarm.give(node, known));
        present.stream()
                .filter(node -> world.random().nextDouble() < SILENT)
                .forEach(node -> node.gossip().behave(Conduct.silent()));
        swarm.connectAtRandom(DIALS);
        world.run(SETTLE);
        away.forEach(swarm::end);
        world.run(SETTLE);
    }

    /** Half of the records are of publishers that nobody knows yet. */
    private void publish(Figures figures) {
        long before = network.sent();
        long exchanged = swarm.exchanged();
        for (int i = 0; i < FRESH; i++) {
            Publisher publisher =
                    i % 2 == 0 ? publishers.get(i / 2 % PUBLISHERS) : new Publisher(PUBLISHERS + i);
            Publisher.Signed record = publisher.release("fresh/q" + i, world.now());
            CatalogNode author = present.get(world.random().nextInt(present.size()));
            records.add(record.id());
            long begun = world.micros();
            swarm.publish(author, record);
            world.run(LIMIT);
            measure(record, author, begun);
        }
        double nodes = present.size();
        figures.put("searchableAt5s", searchable.count() / (double) pairs)
                .put("searchableAt5sWorst", worst)
                .put("foundAt5s", (double) found / asked)
                .quantiles("searchableMs", searchable)
                .put("searchableMsMax", searchable.quantile(1))
                .put("bytesPerNodeAndRecord", (network.sent() - before) / nodes / FRESH)
                .put("exchangedPerNodeAndRecord", (swarm.exchanged() - exchanged) / nodes / FRESH);
    }

    private void measure(Publisher.Signed record, CatalogNode author, long begun) {
        int have = 0;
        for (CatalogNode node : present) {
            OptionalLong time = node.admitted(record.id());
            if (node != author && time.isPresent()) {
                searchable.add((time.getAsLong() - begun) / 1e3);
                have++;
            }
        }
        int others = present.size() - 1;
        pairs += others;
        worst = Math.min(worst, (double) have / others);
        for (int i = 0; i < ASKED / FRESH; i++) {
            CatalogNode node = present.get(world.random().nextInt(present.size()));
            asked++;
            found += node.finds(record.name()) ? 1 : 0;
        }
    }

    private void comeBack(Figures figures) {
        long begun = world.micros();
        long exchanged = swarm.exchanged();
        away.forEach(node -> swarm.start(node, DIALS));
        late.forEach(node -> swarm.start(node, DIALS));
        world.run(CATCHING_UP);
        double back = away.size() + late.size();
        figures.quantiles("awayMs", caughtUp(away, begun))
                .put("awayCaughtUp", share(away))
                .quantiles("lateMs", caughtUp(late, begun))
                .put("lateCaughtUp", share(late))
                .put("exchangedPerComer", (swarm.exchanged() - exchanged) / back)
                .put("presentHaveAll", share(present));
        world.run(ROUND);
        figures.put("allHaveAll", share(swarm.nodes()));
    }

    private double share(List<CatalogNode> nodes) {
        return (double) nodes.stream().filter(node -> CatalogSwarm.hasAll(node, records)).count()
                / nodes.size();
    }

    /** Returns after how many milliseconds each of {@code nodes} had the last record. */
    private Samples caughtUp(List<CatalogNode> nodes, long begun) {
        var samples = new Samples();
        for (CatalogNode node : nodes) {
            if (CatalogSwarm.hasAll(node, records)) {
                long last =
                        records.stream()
                                .mapToLong(id -> node.admitted(id).orElseThrow())
                                .max()
                                .orElseThrow();
                samples.add((last - begun) / 1e3);
            }
        }
        return samples;
    }
}
