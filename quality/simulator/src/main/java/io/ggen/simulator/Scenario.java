package io.ggen.simulator;

import io.ggen.simulator.report.Figures;
import io.ggen.simulator.report.Report;

import java.util.function.Function;

/**
 * Something that can happen to a network.
 *
 * @param name as it is called on the command line
 * @param nodes how many nodes it has unless told
 * @param play makes it happen and returns what was measured
 */
record Scenario(String name, int nodes, Function<Setting, Figures> play) {
    Report run(Setting setting) {
        return new Report(name, setting.nodes(), setting.seed(), play.apply(setting));
    }
}
