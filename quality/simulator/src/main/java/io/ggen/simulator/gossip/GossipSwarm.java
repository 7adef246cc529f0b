package io.ggen.simulator.gossip;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.router.Link;
import io.ggen.libp2p.gossipsub.router.RouterOptions;
import io.ggen.libp2p.gossipsub.router.Verdict;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.StrictSign;
import io.ggen.libp2p.key.PeerId;
import io.ggen.simulator.net.Network;
import io.ggen.simulator.net.World;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Nodes that gossip in one topic, how they are connected, and what becomes of each message. */
public final class GossipSwarm {
    /** The topic of all messages. */
    public static final String TOPIC = "/ggen/packages/v1";

    /** What a connection costs before anything can be said on it. */
    private static final int DIAL_ROUND_TRIPS = 3;

    private final Network network;
    private final World world;
    private final RouterOptions options;
    private final List<GossipNode> nodes = new ArrayList<>();
    private final Map<PeerId, GossipNode> byId = new HashMap<>();
    private final IdentityHashMap<Message, Spread> spreads = new IdentityHashMap<>();
    private final IdentityHashMap<Message, Boolean> genuine = new IdentityHashMap<>();
    private Judge judge = (node, message, from) -> Verdict.ACCEPT;
    private BiConsumer<GossipNode, GossipNode> onConnected = (dialler, listener) -> {};
    private long bans;
    private long checks;
    private long strangers;

    /** Makes a node of each of the network's, subscribed and not yet connected. */
    public GossipSwarm(Network network, RouterOptions options) {
        this.network = network;
        this.world = network.world();
        this.options = options;
        for (int i = 0; i < network.nodes(); i++) {
            GossipNode node = new GossipNode(this, i, options);
            nodes.add(node);
            byId.put(node.id(), node);
            node.subscribe();
            world.every(options.times().heartbeat(), () -> heartbeat(node));
        }
    }

    private boolean heartbeat(GossipNode node) {
        if (!network.isDown(node.number())) {
            node.heartbeat();
        }
        return true;
    }

    World world() {
        return world;
    }

    Network network() {
        return network;
    }

    /** Returns a node. */
    public GossipNode node(int number) {
        return nodes.get(number);
    }

    /** Returns all nodes, by number. */
    public List<GossipNode> nodes() {
        return List.copyOf(nodes);
    }

    /** Returns how often a router has banned a peer. */
    public long bans() {
        return bans;
    }

    /** Returns how often a node has checked a message. */
    public long checks() {
        return checks;
    }

    /** Returns how often a message was delivered that nobody has published here. */
    public long strangers() {
        return strangers;
    }

    /** Decides what becomes of a message that is signed by whom it names. */
    @FunctionalInterface
    public interface Judge {
        /** Returns what {@code node} thinks of {@code message}, which {@code from} brought. */
        Verdict judge(GossipNode node, Message message, GossipNode from);
    }

    /** Says who judges messages from now on; their signatures are checked besides. */
    public void judge(Judge other) {
        judge = other;
    }

    /** Tells {@code listener} of each connection: who dialled, and whom. */
    public void onConnected(BiConsumer<GossipNode, GossipNode> listener) {
        onConnected = listener;
    }

    /** Lets every node dial {@code dials} others at random; returns this swarm. */
    public GossipSwarm connectAtRandom(int dials) {
        for (GossipNode node : nodes) {
            for (int i = 0; i < dials; i++) {
                dial(node, nodes.get(world.random().nextInt(nodes.size())));
            }
        }
        return this;
    }

    /**
     * Lets {@code dialler} connect to {@code listener}: after three round trips, if it is there.
     */
    public void dial(GossipNode dialler, GossipNode listener) {
        long ready = DIAL_ROUND_TRIPS * network.roundTrip(dialler.number(), listener.number());
        if (dialler != listener) {
            world.at(world.micros() + ready, () -> connect(dialler, listener));
        }
    }

    private void connect(GossipNode dialler, GossipNode listener) {
        boolean there = network.reaches(dialler.number(), listener.number());
        if (there && !dialler.isConnected(listener) && !listener.isConnected(dialler)) {
            dialler.connected(listener, new Link(true, true, address(listener)));
            listener.connected(dialler, new Link(false, true, address(dialler)));
            onConnected.accept(dialler, listener);
        }
    }

    private static String address(GossipNode node) {
        int number = node.number();
        return "1." + (number >> 16) + "." + (number >> 8 & 0xff) + "." + (number & 0xff);
    }

    /** Ends the connection of two nodes, seen by both at once. */
    public void disconnect(GossipNode one, GossipNode other) {
        one.disconnected(other);
        other.disconnected(one);
    }

    /** Lets a node end without a word; its peers notice after {@code notice}. */
    public void crash(GossipNode node, Duration notice) {
        network.setDown(node.number(), true);
        List<Integer> peers = List.copyOf(node.neighbours());
        node.restart(options);
        world.after(notice, () -> peers.forEach(peer -> nodes.get(peer).disconnected(node)));
    }

    /** Starts a node that has ended; it dials {@code dials} others at random. */
    public void start(GossipNode node, int dials) {
        network.setDown(node.number(), false);
        node.subscribe();
        for (int i = 0; i < dials; i++) {
            dial(node, nodes.get(world.random().nextInt(nodes.size())));
        }
    }

    /** Lets connections between islands end after {@code notice}. */
    public void noticeCut(Duration notice) {
        world.after(notice, () -> nodes.forEach(this::dropUnreachable));
    }

    private void dropUnreachable(GossipNode node) {
        List.copyOf(node.neighbours()).stream()
                .filter(other -> !network.reaches(node.number(), other))
                .forEach(other -> disconnect(node, nodes.get(other)));
    }

    /** Publishes {@code data}; returns the message. */
    public Message publish(GossipNode author, Bytes data) {
        Message message = author.sign(data);
        spreads.put(message, new Spread(author.number(), nodes.size(), world.micros()));
        author.publish(message);
        return message;
    }

    /** Returns how {@code message}, which was published here, has spread. */
    Spread spread(Message message) {
        Spread spread = spreads.get(message);
        if (spread == null) {
            throw new IllegalArgumentException("it was not published here");
        }
        return spread;
    }

    void arrived(GossipNode from, int to, Rpc rpc) {
        for (Message message : rpc.messages()) {
            Spread spread = spreads.get(message);
            if (spread != null) {
                spread.copy(from.number(), to);
            }
        }
        nodes.get(to).received(from, rpc);
    }

    void delivered(GossipNode node, Message message) {
        Spread spread = spreads.get(message);
        if (spread != null) {
            spread.delivered(node.number(), world.micros());
        } else {
            strangers++;
        }
    }

    Verdict verdict(GossipNode node, Message message, PeerId from) {
        checks++;
        GossipNode bringer = byId.get(from);
        if (bringer == null || !genuine.computeIfAbsent(message, GossipSwarm::isGenuine)) {
            return Verdict.FORGED;
        }
        return judge.judge(node, message, bringer);
    }

    private static boolean isGenuine(Message message) {
        return switch (StrictSign.check(message)) {
            case StrictSign.Check.Forged forged -> false;
            case StrictSign.Check.Genuine it -> true;
        };
    }

    void banned(GossipNode node, PeerId peer) {
        bans++;
        GossipNode other = byId.get(peer);
        if (other != null) {
            disconnect(node, other);
        }
    }
}
