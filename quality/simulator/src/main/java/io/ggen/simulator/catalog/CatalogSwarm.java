package io.ggen.simulator.catalog;

import io.ggen.base.Sha256;
import io.ggen.libp2p.gossipsub.router.RouterOptions;
import io.ggen.marketplace.p2p.exchange.ExchangeLimits;
import io.ggen.simulator.gossip.GossipNode;
import io.ggen.simulator.gossip.GossipSwarm;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.Pipe;
import io.ggen.simulator.net.World;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes that gossip records and exchange catalogues as production does: with each peer that they
 * dial once it is identified, and with some peer every ten minutes. Not thread-safe.
 */
public final class CatalogSwarm {
    private static final Duration NOTICE = Duration.ofSeconds(30);

    private final Network network;
    private final World world;
    private final GossipSwarm gossip;
    private final List<CatalogNode> nodes = new ArrayList<>();
    private long exchanged;

    /** Makes a node of each of the network's, not yet connected. */
    public CatalogSwarm(Network network) {
        this.network = network;
        this.world = network.world();
        this.gossip = new GossipSwarm(network, RouterOptions.standard());
        gossip.nodes().forEach(node -> nodes.add(new CatalogNode(this, node)));
        gossip.judge((node, message, from) -> of(node).judge(message.data(), of(from)));
        gossip.onConnected(this::connected);
        Duration interval = ExchangeLimits.standard().interval();
        nodes.forEach(node -> world.every(interval, () -> chooseSomeone(node)));
    }

    private CatalogNode of(GossipNode node) {
        return nodes.get(node.number());
    }

    World world() {
        return world;
    }

    Pipe pipe(CatalogNode from, CatalogNode to) {
        return network.pipe(from.number(), to.number());
    }

    /** Returns all nodes, by number. */
    public List<CatalogNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Lets every node dial {@code dials} others at random; returns this swarm. */
    public CatalogSwarm connectAtRandom(int dials) {
        gossip.connectAtRandom(dials);
        return this;
    }

    /** A peer is identified a round trip after it is connected. */
    private void connected(GossipNode dialler, GossipNode listener) {
        long identified = world.micros() + network.roundTrip(dialler.number(), listener.number());
        world.at(identified, () -> begin(of(dialler), listener.number()));
    }

    private void begin(CatalogNode node, int peer) {
        if (node.gossip().neighbours().contains(peer)) {
            node.enqueue(nodes.get(peer));
        }
    }

    private boolean chooseSomeone(CatalogNode node) {
        List<Integer> peers = List.copyOf(node.gossip().neighbours());
        if (!network.isDown(node.number()) && !peers.isEmpty()) {
            begin(node, peers.get(world.random().nextInt(peers.size())));
        }
        return true;
    }

    /** Ends a node without a word. */
    public void end(CatalogNode node) {
        gossip.crash(node.gossip(), NOTICE);
        node.end();
    }

    /** Starts a node that has ended; it dials {@code dials} others at random. */
    public void start(CatalogNode node, int dials) {
        gossip.start(node.gossip(), dials);
    }

    /** Lets a node have records from the beginning. */
    public void give(CatalogNode node, List<Publisher.Signed> records) {
        node.learn(records.stream().map(Publisher.Signed::encoded).toList());
    }

    /** Publishes a record from {@code node}. */
    public void publish(CatalogNode node, Publisher.Signed record) {
        node.publish(record.encoded());
        gossip.publish(node.gossip(), record.encoded());
    }

    /** Returns whether a node has all of {@code records}. */
    public static boolean hasAll(CatalogNode node, List<Sha256> records) {
        return records.stream().allMatch(record -> node.admitted(record).isPresent());
    }

    void exchanged(int bytes) {
        exchanged += bytes;
    }

    /** Returns the bytes of all exchanges so far, without the headers of packets. */
    public long exchanged() {
        return exchanged;
    }
}
