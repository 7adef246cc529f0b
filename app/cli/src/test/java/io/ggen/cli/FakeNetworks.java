package io.ggen.cli;

import io.ggen.marketplace.core.network.FakeNetwork;
import io.ggen.marketplace.core.network.HostedNode;
import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkProvider;
import io.ggen.marketplace.core.network.NodeStatus;
import io.ggen.marketplace.core.network.RunningNode;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Networks in memory, one for each home; a test starts and stops them. Named by `ggen.networks`.
 */
public final class FakeNetworks implements NetworkProvider {
    private static final String URL = "http://127.0.0.1:7878";
    private static final Map<Path, FakeNetwork> RUNNING = new ConcurrentHashMap<>();
    private static final Map<Path, NetworkContext> STARTED = new ConcurrentHashMap<>();

    /** Lets a node run for {@code home} as a daemon would. */
    static FakeNetwork run(Path home) throws IOException {
        FakeNetwork network = new FakeNetwork(java.time.InstantSource.system());
        RUNNING.put(home, network);
        Files.createDirectories(home.resolve("p2p"));
        Files.writeString(home.resolve("p2p/api"), "{}");
        return network;
    }

    /** Returns with what the node of {@code home} was started last. */
    static NetworkContext started(Path home) {
        return Optional.ofNullable(STARTED.get(home)).orElseThrow();
    }

    static Optional<FakeNetwork> of(Path home) {
        return Optional.ofNullable(RUNNING.get(home));
    }

    @Override
    public Optional<RunningNode> running(NetworkContext context) {
        return of(context.home().root()).map(it -> new RunningNode(URL, 4711, context.version()));
    }

    @Override
    public Network connect(NetworkContext context) {
        return of(context.home().root()).orElseGet(() -> new FakeNetwork(context.clock()));
    }

    @Override
    public HostedNode start(NetworkContext context) {
        Path home = context.home().root();
        if (RUNNING.containsKey(home)) {
            throw new MarketplaceException(
                    ErrorCode.LOCK_TIMEOUT, "a node of this home runs already", "stop it");
        }
        STARTED.put(home, context);
        try {
            FakeNetwork network = run(home);
            network.hold(new io.ggen.marketplace.model.PackageId("held"), FakeNetwork.SELF);
            return new Hosted(home, network);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<RunningNode> stop(NetworkContext context, Duration patience) {
        Optional<RunningNode> running = running(context);
        RUNNING.remove(context.home().root());
        return running;
    }

    /** A node in front that ends at once: nobody waits in a test. */
    private record Hosted(Path home, FakeNetwork network, CountDownLatch asked)
            implements HostedNode {
        Hosted(Path home, FakeNetwork network) {
            this(home, network, new CountDownLatch(0));
        }

        @Override
        public NodeStatus status() {
            return network.status().servedAt(URL);
        }

        @Override
        public void awaitStop() throws InterruptedException {
            asked.await();
        }

        @Override
        public void close() {
            RUNNING.remove(home, network);
            network.close();
        }
    }
}
