package io.ggen.simulator.swarm;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.DagFrontier.Missing;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;

/** Node 0 has a content of blocks of the same size; all others fetch it. Not thread-safe. */
public final class FetchSwarm {
    private static final int DIAL_ROUND_TRIPS = 3;

    private final Network network;
    private final List<Missing> blocks;
    private final List<FetchNode> nodes = new ArrayList<>();
    private final Map<PeerId, FetchNode> byId = new HashMap<>();

    /** Makes a node of each of the network's, and a content of {@code count} blocks. */
    public FetchSwarm(Network network, int count, int size) {
        this.network = network;
        this.blocks = IntStream.range(0, count).mapToObj(i -> new Missing(cid(i), size)).toList();
        for (int i = 0; i < network.nodes(); i++) {
            var node = new FetchNode(this, i, size);
            nodes.add(node);
            byId.put(node.id(), node);
        }
        blocks.forEach(block -> nodes.getFirst().give(block.cid()));
    }

    private static Cid cid(int number) {
        return Cid.v1(Cid.RAW, Sha256.of(Bytes.utf8("block " + number)));
    }

    Network network() {
        return network;
    }

    World world() {
        return network.world();
    }

    List<Missing> blocks() {
        return blocks;
    }

    FetchNode node(PeerId id) {
        return Optional.ofNullable(byId.get(id)).orElseThrow(NoSuchElementException::new);
    }

    /** Returns all nodes, by number; the first one has the content. */
    public List<FetchNode> nodes() {
        return List.copyOf(nodes);
    }

    /**
     * Lets every node but the first begin at a moment of {@code spread} at random: it dials all
     * others, whom it knows to have or fetch the content.
     */
    public void begin(Duration spread) {
        for (FetchNode node : nodes.subList(1, nodes.size())) {
            long wait = world().random().nextLong(spread.toNanos());
            world().after(
                            Duration.ofNanos(wait),
                            () -> {
                                node.begin();
                                nodes.stream()
                                        .filter(other -> other != node)
                                        .forEach(other -> dial(node, other));
                            });
        }
    }

    private void dial(FetchNode node, FetchNode other) {
        long ready = DIAL_ROUND_TRIPS * network.roundTrip(node.number(), other.number());
        world().at(world().micros() + ready, () -> node.join(other));
    }
}
