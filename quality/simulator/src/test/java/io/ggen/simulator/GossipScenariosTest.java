package io.ggen.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.simulator.report.Figures;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GossipScenariosTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 20, 21, 150})
    void everyMessageReachesEverybody(int nodes) {
        Figures figures = GossipScenarios.gossip(new Setting(nodes, 5));
        assertThat(figures.get("delivered")).isEqualTo(1);
        assertThat(figures.get("msP99")).isLessThan(1_000);
        assertThat(figures.get("duplicates")).isLessThan(3);
    }

    @Test
    void aFifthThatForwardsNothingKeepsNobodyFromHearing() {
        Figures figures = GossipScenarios.silent(new Setting(150, 5));
        assertThat(figures.get("delivered")).isGreaterThanOrEqualTo(0.999);
    }
}
