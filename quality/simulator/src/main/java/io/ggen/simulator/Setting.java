package io.ggen.simulator;

import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.NetworkOptions;
import io.ggen.simulator.net.World;

/** How many nodes there are, and the seed that decides all the rest. */
record Setting(int nodes, long seed) {
    Setting {
        if (nodes < 2) {
            throw new IllegalArgumentException("a network has two nodes or more");
        }
    }

    Network network() {
        return new Network(new World(seed), NetworkOptions.standard(), nodes);
    }
}
