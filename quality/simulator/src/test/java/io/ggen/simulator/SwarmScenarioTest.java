package io.ggen.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.simulator.report.Figures;

import org.junit.jupiter.api.Test;

final class SwarmScenarioTest {
    @Test
    void tenThatFetchAtOnceTakeFewCopiesFromTheOriginAndEndTogether() {
        Figures figures = SwarmScenario.run(new Setting(11, 5));
        assertThat(figures.get("complete")).isOne();
        assertThat(figures.get("copiesFromOrigin")).isBetween(1.0, 2.0);
        assertThat(figures.get("p99ToP50")).isLessThan(1.5);
        assertThat(figures.get("totalToIdeal")).isGreaterThan(1);
    }
}
