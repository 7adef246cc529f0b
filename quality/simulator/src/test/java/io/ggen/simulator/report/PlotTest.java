package io.ggen.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

final class PlotTest {
    @Test
    void drawsEachCurveToItsOwnHighestValue() {
        var curve = new Plot.Curve("hops", "", List.of(2.0, 4.0));
        String svg = new Plot("growth", List.of(100, 1_000), List.of(curve)).svg();
        assertThat(svg)
                .startsWith("<svg ")
                .endsWith("</svg>\n")
                .contains("points=\"70,170.0 145,40.0\"")
                .contains("hops (up to 4 )")
                .contains(">1,000<");
    }
}
