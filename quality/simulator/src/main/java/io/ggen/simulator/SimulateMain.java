package io.ggen.simulator;

import java.util.List;
import java.util.Optional;

/** The command {@code simulate SCENARIO [--nodes N] [--seed S]}. */
public final class SimulateMain {
    private static final int USAGE = 64;
    private static final int UNAVAILABLE = 69;

    private SimulateMain() {}

    /** Prints one line of JSON on standard output; everything else goes to standard error. */
    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) {
        String name = args.isEmpty() ? "" : args.getFirst();
        if (name.equals("swarm") || name.equals("catalog")) {
            System.err.println(
                    name + ": comes with the marketplace's exchange; not in the simulator yet");
            return UNAVAILABLE;
        }
        Optional<Scenario> scenario = Scenarios.named(name);
        if (scenario.isEmpty() || args.size() % 2 == 0) {
            return usage();
        }
        try {
            Setting setting = setting(scenario.get(), args.subList(1, args.size()));
            System.out.println(scenario.get().run(setting).json());
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println("simulate: " + e.getMessage());
            return usage();
        }
    }

    private static Setting setting(Scenario scenario, List<String> options) {
        int nodes = scenario.nodes();
        long seed = 1;
        for (int i = 0; i < options.size(); i += 2) {
            String value = options.get(i + 1);
            switch (options.get(i)) {
                case "--nodes" -> nodes = Integer.parseInt(value);
                case "--seed" -> seed = Long.parseLong(value);
                default -> throw new IllegalArgumentException("no option " + options.get(i));
            }
        }
        return new Setting(nodes, seed);
    }

    private static int usage() {
        System.err.println("usage: simulate SCENARIO [--nodes N] [--seed S]");
        System.err.println("scenarios: " + String.join(" ", Scenarios.names()));
        return USAGE;
    }
}
