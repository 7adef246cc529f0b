package io.ggen.bench;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.config.BootstrapNode;
import io.ggen.marketplace.core.keys.Passphrases;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.marketplace.p2p.node.P2pNode;
import io.ggen.marketplace.p2p.node.Standing;
import io.ggen.multiformats.Multiaddr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Whole nodes in one process, all of which join through one address: {@code Crowd FOLDER COUNT
 * ADDRESS}. Prints a line of JSON once all are connected to it, one with the heap of a node at each
 * line it reads, and ends at the end of its input.
 */
public final class Crowd {
    private static final long PACE = 50_000_000;
    private static final long PATIENCE = 120_000_000_000L;

    private Crowd() {}

    /** Runs the crowd. */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        Multiaddr door = Multiaddr.parse(arguments[2]);
        long before = heap();
        List<P2pNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(start(folder.resolve("node" + i), door));
        }
        String peer = arguments[2].substring(arguments[2].lastIndexOf('/') + 1);
        nodes.forEach(node -> await(node, peer));
        System.out.println("{\"nodes\":" + count + "}");
        while (System.in.read() >= 0) {
            int connections = nodes.stream().mapToInt(node -> node.peers().size()).sum();
            System.out.println(
                    "{\"heapBytesPerNode\":"
                            + (heap() - before) / count
                            + ",\"connectionsPerNode\":"
                            + connections / count
                            + "}");
        }
        nodes.reversed().forEach(P2pNode::close);
    }

    private static P2pNode start(Path home, Multiaddr door) throws IOException {
        Files.createDirectories(home);
        NetworkOptions options =
                NetworkOptions.standard()
                        .withoutMdns()
                        .listeningOn(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))
                        .joining(List.of(new BootstrapNode(door, 1, "")));
        var context =
                new NetworkContext(
                        "bench",
                        new Home(home),
                        options,
                        InstantSource.system(),
                        Progress.silent(),
                        Passphrases.none());
        return P2pNode.start(context, Standing.HOME);
    }

    private static void await(P2pNode node, String peer) {
        long end = System.nanoTime() + PATIENCE;
        while (node.peer(peer).flatMap(it -> it.connectedSince()).isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("a node does not come to " + peer);
            }
            LockSupport.parkNanos(PACE);
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
