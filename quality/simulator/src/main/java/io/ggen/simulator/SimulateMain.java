package io.ggen.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The command {@code simulate SCENARIO [--nodes N] [--seed S]}, and {@code simulate growth}, which
 * writes plots into the folder {@code --plots}.
 */
public final class SimulateMain {
    private static final int USAGE = 64;
    private static final int MOST = 10_000;

    private int nodes;
    private long seed = 1;
    private Path plots = Path.of("docs");

    private SimulateMain(int nodes, List<String> options) {
        this.nodes = nodes;
        for (int i = 0; i < options.size(); i += 2) {
            take(options.get(i), options.get(i + 1));
        }
    }

    private void take(String option, String value) {
        switch (option) {
            case "--nodes" -> nodes = Integer.parseInt(value);
            case "--seed" -> seed = Long.parseLong(value);
            case "--plots" -> plots = Path.of(value);
            default -> throw new IllegalArgumentException("no option " + option);
        }
    }

    /** Prints lines of JSON on standard output; everything else goes to standard error. */
    public static void main(String[] args) throws IOException {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) throws IOException {
        String name = args.isEmpty() ? "" : args.getFirst();
        Optional<Scenario> scenario = Scenarios.named(name);
        boolean growth = name.equals("growth");
        if ((scenario.isEmpty() && !growth) || args.size() % 2 == 0) {
            return usage();
        }
        try {
            int usual = scenario.map(Scenario::nodes).orElse(MOST);
            var command = new SimulateMain(usual, args.subList(1, args.size()));
            if (growth) {
                new Growth(command.nodes, command.seed, System.out).run(command.plots);
            } else {
                var setting = new Setting(command.nodes, command.seed);
                System.out.println(scenario.orElseThrow().run(setting).json());
            }
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println("simulate: " + e.getMessage());
            return usage();
        }
    }

    private static int usage() {
        System.err.println("usage: simulate SCENARIO [--nodes N] [--seed S]");
        System.err.println("       simulate growth [--nodes MOST] [--seed S] [--plots FOLDER]");
        System.err.println("scenarios: " + String.join(" ", Scenarios.names()));
        return USAGE;
    }
}
