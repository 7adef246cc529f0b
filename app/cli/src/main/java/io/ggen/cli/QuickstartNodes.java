package io.ggen.cli;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.config.BootstrapNode;
import io.ggen.marketplace.core.keys.Passphrases;
import io.ggen.marketplace.core.network.EventStream;
import io.ggen.marketplace.core.network.HostedNode;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.marketplace.core.network.NetworkProvider;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.multiformats.Multiaddr;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Nodes on loopback in this process, each with a home of its own below one folder. */
final class QuickstartNodes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final NetworkProvider provider;
    private final Path folder;
    private final List<HostedNode> nodes = new ArrayList<>();

    QuickstartNodes(NetworkProvider provider, Path folder) {
        this.provider = provider;
        this.folder = folder;
    }

    /** Starts the node of {@code name}; all but the first join through the first. */
    void start(String name, InstantSource clock) {
        List<BootstrapNode> join =
                nodes.isEmpty()
                        ? List.of()
                        : List.of(
                                new BootstrapNode(
                                        nodes.getFirst().status().addresses().getFirst(), 0, ""));
        NetworkOptions options =
                NetworkOptions.standard()
                        .withoutMdns()
                        .listeningOn(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))
                        .joining(join);
        nodes.add(
                provider.start(
                        new NetworkContext(
                                Version.TEXT,
                                new Home(folder.resolve(name).resolve(".ggen")),
                                options,
                                clock,
                                Progress.silent(),
                                Passphrases.none())));
    }

    /** Waits until every node knows {@code releases} releases. */
    void awaitReleases(long releases) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (HostedNode node : nodes) {
            try (EventStream events = node.network().events()) {
                while (node.status().catalogue().releases() < releases) {
                    if (System.nanoTime() - deadline > 0) {
                        throw new MarketplaceException(
                                ErrorCode.TIMEOUT,
                                "the nodes on loopback did not hear of each other in "
                                        + PATIENCE.toSeconds()
                                        + " s",
                                "try again; `ggen m doctor` checks this installation");
                    }
                    events.next(LOOK);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        nodes.reversed().forEach(HostedNode::close);
    }
}
