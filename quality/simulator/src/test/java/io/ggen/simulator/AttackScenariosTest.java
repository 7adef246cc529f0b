package io.ggen.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.simulator.report.Figures;

import org.junit.jupiter.api.Test;

final class AttackScenariosTest {
    @Test
    void aFloodDeliversNothingAndKeepsNobodyFromHearing() {
        Figures figures = FloodScenario.run(new Setting(24, 5));
        assertThat(figures.get("forgedThrough")).isZero();
        assertThat(figures.get("gamingThrough")).isZero();
        assertThat(figures.get("forgedDelivered")).isEqualTo(1);
        assertThat(figures.get("forgedInMeshes")).isZero();
        assertThat(figures.get("subscriptionsLinksLeft")).isZero();
    }

    @Test
    void aCrowdFromFewNetworksDoesNotTakeATableThatIsThere() {
        Figures figures = EclipseScenario.run(new Setting(60, 5));
        assertThat(figures.get("fewTableTaken")).isLessThan(0.5);
        assertThat(figures.get("fewHonestFound")).isGreaterThan(0.9);
    }

    @Test
    void nothingIsLostWhileNodesComeAndGo() {
        Figures figures = ChurnScenario.run(new Setting(24, 5));
        assertThat(figures.get("dhtLost")).isZero();
        assertThat(figures.get("gossipDelivered")).isGreaterThan(0.99);
    }
}
