package io.ggen.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReportTest {
    @Test
    void isOneLineWithFourDigitsOfEachFigure() {
        var figures =
                new Figures()
                        .put("whole", 1234567)
                        .put("part", 0.999954321)
                        .put("none", 0)
                        .put("long", 12.345678);
        assertThat(new Report("gossip", 5, 7, figures).json())
                .isEqualTo(
                        """
                        {"scenario":"gossip","nodes":5,"seed":7,"figures":{"whole":1234567,"part":1,\
                        "none":0,"long":12.35}}\
                        """);
    }

    @Test
    void aQuantileIsTheSmallestValueThatEnoughDoNotExceed() {
        var samples = new Samples();
        for (int i = 100; i > 0; i--) {
            samples.add(i);
        }
        assertThat(samples.quantile(0.5)).isEqualTo(50);
        assertThat(samples.quantile(0.99)).isEqualTo(99);
        assertThat(samples.quantile(1)).isEqualTo(100);
        assertThat(samples.quantile(0)).isEqualTo(1);
        assertThat(samples.mean()).isEqualTo(50.5);
        assertThat(new Samples().quantile(0.5)).isZero();
    }
}
