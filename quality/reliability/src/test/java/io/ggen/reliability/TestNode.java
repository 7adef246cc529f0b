package io.ggen.reliability;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.config.BootstrapNode;
import io.ggen.marketplace.core.keys.Passphrases;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.marketplace.p2p.node.P2pNode;
import io.ggen.marketplace.p2p.node.Standing;
import io.ggen.multiformats.Multiaddr;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Nodes on loopback, each with a home of its own. */
final class TestNode {
    private static final Multiaddr ANYWHERE = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");

    private TestNode() {}

    /** Starts the node of {@code home}, which joins through {@code others}. */
    static P2pNode start(Path home, Standing standing, String... others) {
        List<BootstrapNode> bootstrap =
                List.of(others).stream()
                        .map(it -> new BootstrapNode(Multiaddr.parse(it), 1, ""))
                        .toList();
        return P2pNode.start(
                new NetworkContext(
                        "test",
                        new Home(home),
                        NetworkOptions.standard()
                                .withoutMdns()
                                .listeningOn(List.of(ANYWHERE))
                                .joining(bootstrap),
                        InstantSource.system(),
                        Progress.silent(),
                        Passphrases.none()),
                standing);
    }

    static String address(P2pNode node) {
        return node.status().addresses().getFirst().toString();
    }
}
