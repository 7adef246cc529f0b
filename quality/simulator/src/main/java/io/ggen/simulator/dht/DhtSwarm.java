package io.ggen.simulator.dht;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.kad.BootstrapPeer;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.kad.Place;
import io.ggen.libp2p.kad.Validator;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;
import io.ggen.multiformats.Multihash;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Nodes of one DHT, and who of them is truly near what. */
public final class DhtSwarm {
    static final Validator VALIDATOR = new LongerIsBetter();

    private final Network network;
    private final World world;
    private final List<DhtNode> nodes = new ArrayList<>();
    private final Map<PeerId, DhtNode> byId = new HashMap<>();
    private long refused;

    /** Makes a node of each of the network's, which knows nobody yet. */
    public DhtSwarm(Network network, Addresses addresses) {
        this.network = network;
        this.world = network.world();
        for (int i = 0; i < network.nodes(); i++) {
            add(new KadPeer(id(world.random().nextLong()), List.of(addresses.of(i))));
        }
    }

    /** Where nodes are. */
    @FunctionalInterface
    public interface Addresses {
        /** Returns the address of a node. */
        Multiaddr of(int number);

        /** Returns addresses of one private network. */
        static Addresses privately() {
            return number ->
                    Multiaddr.parse(
                            "/ip4/10.%d.%d.%d/tcp/4001"
                                    .formatted(number >> 16, number >> 8 & 0xff, 1 + number % 250));
        }

        /** Returns public addresses, spread over the internet as chance has it. */
        static Addresses publicly(World world) {
            return number ->
                    Multiaddr.parse(
                            "/ip4/%d.%d.%d.%d/tcp/4001"
                                    .formatted(
                                            11 + world.random().nextInt(88),
                                            world.random().nextInt(256),
                                            number >> 8 & 0xff,
                                            number & 0xff));
        }
    }

    private void add(KadPeer peer) {
        DhtNode node = new DhtNode(this, nodes.size(), peer);
        nodes.add(node);
        byId.put(peer.id(), node);
    }

    /**
     * Returns an id as long as those of Ed25519 keys have when hashed, for which nobody has a key.
     */
    static PeerId id(long number) {
        return new PeerId(Multihash.of(Sha256.of(Bytes.utf8("node " + number))).encode());
    }

    World world() {
        return world;
    }

    Network network() {
        return network;
    }

    /** Returns a node. */
    public DhtNode node(int number) {
        return nodes.get(number);
    }

    Optional<DhtNode> node(PeerId peer) {
        return Optional.ofNullable(byId.get(peer));
    }

    /** Returns all nodes, by number. */
    public List<DhtNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Returns the node with this id, where one of its addresses is the node's. */
    Optional<DhtNode> at(KadPeer peer) {
        return node(peer.id())
                .filter(node -> peer.addresses().contains(node.peer().addresses().getFirst()));
    }

    /**
     * Gives every node the table that it has after long: as many peers of each distance as have
     * room, chosen at random.
     */
    public DhtSwarm acquainted() {
        return acquainted(nodes);
    }

    /** Acquaints some nodes with each other in the same way; returns this swarm. */
    public DhtSwarm acquainted(List<DhtNode> some) {
        List<DhtNode> sorted = new ArrayList<>(some);
        Place zero = new Place(0, 0, 0, 0);
        sorted.sort((a, b) -> zero.compareDistances(a.place(), b.place()));
        var acquaintances = new Acquaintances(sorted, world.random());
        some.forEach(node -> node.know(acquaintances.of(node)));
        return this;
    }

    /** Lets nodes join through the first one, one after another with {@code pause} in between. */
    public DhtSwarm joined(Duration pause) {
        var first = List.of(new BootstrapPeer(nodes.getFirst().peer(), 0));
        for (DhtNode node : nodes) {
            if (node.number() > 0) {
                node.kad().bootstrap(first, world.now());
            }
            node.live();
            world.run(pause);
        }
        return this;
    }

    /** Returns the living nodes that are truly nearest to {@code key}, without {@code asker}. */
    public List<PeerId> nearest(Bytes key, int count, DhtNode asker) {
        Place target = Place.of(key);
        Comparator<DhtNode> order = (a, b) -> target.compareDistances(a.place(), b.place());
        return nodes.stream()
                .filter(node -> node != asker && network.reaches(asker.number(), node.number()))
                .sorted(order)
                .limit(count)
                .map(node -> node.peer().id())
                .toList();
    }

    /** Returns {@code count} nodes, evenly spread over the numbers; all where there are fewer. */
    public List<DhtNode> some(int count) {
        int step = Math.max(1, nodes.size() / count);
        List<DhtNode> some = new ArrayList<>();
        for (int i = 0; i < nodes.size() && some.size() < count; i += step) {
            some.add(nodes.get(i));
        }
        return some;
    }

    /** Returns a node at random that is not down. */
    public DhtNode any() {
        DhtNode node = nodes.get(world.random().nextInt(nodes.size()));
        return network.isDown(node.number()) ? any() : node;
    }

    /** Ends {@code share} of the nodes that {@code which} takes. */
    public void kill(double share, Predicate<DhtNode> which) {
        for (DhtNode node : nodes) {
            if (which.test(node) && world.random().nextDouble() < share) {
                network.setDown(node.number(), true);
            }
        }
    }

    /**
     * Returns how many milliseconds it takes {@code asker} to dial and ask all of {@code peers} at
     * once: what nobody can do faster who has to hear from all of them.
     */
    public double floorMs(DhtNode asker, Collection<PeerId> peers) {
        return peers.stream().mapToLong(peer -> answerMicros(asker, peer)).max().orElse(0) / 1e3;
    }

    private long answerMicros(DhtNode asker, PeerId peer) {
        int number = node(peer).orElseThrow().number();
        return (1 + DhtNode.DIAL_ROUND_TRIPS) * network.roundTrip(asker.number(), number);
    }

    void refused() {
        refused++;
    }

    /** Returns how often a node has refused what an attacker wanted it to keep. */
    public long refusals() {
        return refused;
    }

    /** Returns the requests that all nodes have sent. */
    public long asked() {
        return nodes.stream().mapToLong(DhtNode::asked).sum();
    }
}
