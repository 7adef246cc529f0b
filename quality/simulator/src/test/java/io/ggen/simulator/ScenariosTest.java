package io.ggen.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

final class ScenariosTest {
    private static List<String> names() {
        return Scenarios.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theSameSeedGivesTheSameLineAndAnotherOneDoesNot(String name) {
        Scenario scenario = Scenarios.named(name).orElseThrow();
        String line = scenario.run(new Setting(40, 3)).json();
        assertThat(scenario.run(new Setting(40, 3)).json()).isEqualTo(line);
        assertThat(scenario.run(new Setting(40, 4)).json()).isNotEqualTo(line);
    }

    @Test
    void aScenarioThatIsNotThereIsNotFound() {
        assertThat(Scenarios.named("earthquake")).isEmpty();
    }
}
