package io.ggen.node;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.keys.Passphrases;
import io.ggen.marketplace.core.network.FakeNetwork;
import io.ggen.marketplace.core.network.HostedNode;
import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.marketplace.p2p.node.Standing;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A home whose nodes live in memory. */
final class Lab implements AutoCloseable {
    static final String VERSION = "1.2.3";

    private final NetworkContext context;
    private final List<FakeNetwork> started = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Nodes nodes = new Nodes(this::start);

    Lab(Path directory) {
        this(directory, NetworkOptions.standard());
    }

    Lab(Path directory, NetworkOptions options) {
        context =
                new NetworkContext(
                        VERSION,
                        new Home(directory),
                        options,
                        InstantSource.system(),
                        Progress.silent(),
                        Passphrases.none());
    }

    private Network start(NetworkContext asked, Standing standing) {
        FakeNetwork network = new FakeNetwork(asked.clock());
        started.add(network);
        return network;
    }

    NetworkContext context() {
        return context;
    }

    Nodes nodes() {
        return nodes;
    }

    /** Starts the node of the home. */
    HostedNode daemon() {
        HostedNode node = nodes.start(context);
        open.add(node);
        return node;
    }

    /** Returns the API of the running node as a command gets it. */
    Network remote() {
        Network network = nodes.connect(context);
        open.add(network);
        return network;
    }

    ApiFile file() {
        return ApiFile.read(context.home()).orElseThrow();
    }

    /** Returns the node that was started last. */
    FakeNetwork node() {
        return started.getLast();
    }

    int started() {
        return started.size();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }
}
