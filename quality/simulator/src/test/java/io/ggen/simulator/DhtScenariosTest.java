package io.ggen.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.simulator.report.Figures;

import org.junit.jupiter.api.Test;

final class DhtScenariosTest {
    @Test
    void nothingIsLostInNetworksOfTwoThreeFourAndEight() {
        Figures figures = SmallScenario.run(new Setting(8, 5));
        assertThat(figures.get("lostAt2")).isZero();
        assertThat(figures.get("lostAt3")).isZero();
        assertThat(figures.get("lostAt4")).isZero();
        assertThat(figures.get("lostAt8")).isZero();
    }

    @Test
    void valuesAreFoundThoughAFifthHasJustDied() {
        Figures figures = LookupScenario.run(new Setting(100, 5));
        assertThat(figures.get("valuesLost")).isZero();
        assertThat(figures.get("overlap")).isGreaterThan(0.9);
    }

    @Test
    void twoHalvesBecomeOneNetworkWithinFiveMinutes() {
        Figures figures = PartitionScenario.run(new Setting(60, 5));
        assertThat(figures.get("dhtOverlapAtOnce")).isLessThan(0.7);
        assertThat(figures.get("dhtOverlapAfter5Min")).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void whatIsProvidedIsFound() {
        assertThat(ProvideScenario.run(new Setting(60, 5)).get("lost")).isZero();
    }
}
