package io.ggen.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScenariosTest {
    @ParameterizedTest
    @ValueSource(strings = {"gossip", "gossip-silent", "lookup", "sybil"})
    void theSameSeedGivesTheSameLine(String name) {
        Scenario scenario = Scenarios.named(name).orElseThrow();
        String line = scenario.run(new Setting(24, 3)).json();
        assertThat(scenario.run(new Setting(24, 3)).json()).isEqualTo(line);
    }

    @Test
    void anotherSeedGivesAnotherLine() {
        Scenario scenario = Scenarios.named("gossip").orElseThrow();
        String line = scenario.run(new Setting(24, 3)).json();
        assertThat(scenario.run(new Setting(24, 4)).json()).isNotEqualTo(line);
    }

    @Test
    void aScenarioThatIsNotThereIsNotFound() {
        assertThat(Scenarios.named("earthquake")).isEmpty();
    }
}
