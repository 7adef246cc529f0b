package io.ggen.simulator;

import java.util.List;
import java.util.Optional;

/** All scenarios there are. */
final class Scenarios {
    private static final List<Scenario> ALL =
            List.of(
                    new Scenario("lookup", 1000, LookupScenario::run),
                    new Scenario("provide", 1000, ProvideScenario::run),
                    new Scenario("small", 21, SmallScenario::run),
                    new Scenario("gossip", 1000, GossipScenarios::gossip),
                    new Scenario("gossip-silent", 1000, GossipScenarios::silent),
                    new Scenario("catalog", 1000, CatalogScenario::run),
                    new Scenario("swarm", 51, SwarmScenario::run),
                    new Scenario("partition", 100, PartitionScenario::run),
                    new Scenario("churn", 100, ChurnScenario::run),
                    new Scenario("flood", 200, FloodScenario::run),
                    new Scenario("sybil", 500, SybilScenario::run),
                    new Scenario("eclipse", 400, EclipseScenario::run));

    private Scenarios() {}

    static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Scenario::name).toList();
    }
}
