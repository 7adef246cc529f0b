package io.ggen.marketplace.p2p.node;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.config.BootstrapNode;
import io.ggen.marketplace.core.keys.Passphrases;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.multiformats.Multiaddr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Nodes on loopback with homes below one folder; closing it ends them all. */
final class TestNodes implements AutoCloseable {
    private static final Multiaddr ANYWHERE = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");

    private final Supplier<Path> folder;
    private final List<P2pNode> nodes = new ArrayList<>();

    TestNodes(Supplier<Path> folder) {
        this.folder = folder;
    }

    /** Starts the node of the home called {@code name}, which joins through {@code others}. */
    P2pNode start(String name, P2pNode... others) throws IOException {
        return start(name, Standing.HOME, others);
    }

    P2pNode start(String name, Standing standing, P2pNode... others) throws IOException {
        return start(name, standing, NetworkOptions.standard(), others);
    }

    P2pNode start(String name, Standing standing, NetworkOptions asked, P2pNode... others)
            throws IOException {
        List<BootstrapNode> bootstrap = new ArrayList<>();
        for (P2pNode other : others) {
            bootstrap.add(new BootstrapNode(other.status().addresses().getFirst(), 1, ""));
        }
        Path home = folder.get().resolve(name);
        Files.createDirectories(home);
        NetworkOptions options =
                asked.withoutMdns().listeningOn(List.of(ANYWHERE)).joining(bootstrap);
        P2pNode node =
                P2pNode.start(
                        new NetworkContext(
                                "test",
                                new Home(home),
                                options,
                                InstantSource.system(),
                                Progress.silent(),
                                Passphrases.none()),
                        standing);
        nodes.add(node);
        return node;
    }

    /** Returns the defaults with other gateways to fall back to, and another largest content. */
    static NetworkOptions options(List<String> gateways, ByteSize maxUnpacked) {
        NetworkOptions any = NetworkOptions.standard();
        return new NetworkOptions(
                any.role(),
                any.dhtMode(),
                any.listen(),
                any.bootstrap(),
                any.packagesTopic(),
                any.mdns(),
                any.privateNetworkKey(),
                any.limits(),
                new NetworkOptions.Gateways(gateways, any.gateways().listen()),
                any.api(),
                any.reputation(),
                maxUnpacked);
    }

    /** Waits for at most half a minute until {@code condition} holds; fails when it does not. */
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 30 seconds");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        nodes.reversed().forEach(P2pNode::close);
    }
}
