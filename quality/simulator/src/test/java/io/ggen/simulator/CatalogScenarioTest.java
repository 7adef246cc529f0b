package io.ggen.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.simulator.report.Figures;

import org.junit.jupiter.api.Test;

final class CatalogScenarioTest {
    @Test
    void whatIsPublishedIsFoundEverywhereAndWhoeverWasAwayCatchesUp() {
        Figures figures = CatalogScenario.run(new Setting(60, 5));
        assertThat(figures.get("searchableAt5sWorst")).isGreaterThanOrEqualTo(0.99);
        assertThat(figures.get("foundAt5s")).isGreaterThanOrEqualTo(0.99);
        assertThat(figures.get("awayCaughtUp")).isOne();
        assertThat(figures.get("lateCaughtUp")).isOne();
        assertThat(figures.get("allHaveAll")).isOne();
    }
}
