package io.ggen.simulator.net;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Nodes in cities, what they may reach and what they have sent. A node is a number, from 0 on. Not
 * thread-safe.
 */
public final class Network {
    /** Bytes of a packet's payload, and of the headers of TCP, TLS and Yamux around it. */
    static final int PACKET = 1_400;

    static final int HEADERS = 74;
    private static final long SECOND = 1_000_000;

    /** How much longer than two round trips a single lost packet is waited for. */
    private static final long PROBE = 200_000;

    private static final int MAX_LOSSES = 6;

    private final World world;
    private final Cities cities;
    private final NetworkOptions options;
    private final int[] city;
    private final boolean[] down;
    private final int[] island;
    private final long[] uplinkFree;
    private final long[] sent;

    /** Makes a network of {@code nodes}, each in a city at random. */
    public Network(World world, NetworkOptions options, int nodes) {
        this.world = world;
        this.cities = Cities.load();
        this.options = options;
        this.city = new int[nodes];
        this.down = new boolean[nodes];
        this.island = new int[nodes];
        this.uplinkFree = new long[nodes];
        this.sent = new long[nodes];
        Arrays.setAll(city, node -> world.random().nextInt(cities.count()));
    }

    /** Returns how many nodes there are. */
    public int nodes() {
        return city.length;
    }

    /** Returns the world it is in. */
    public World world() {
        return world;
    }

    /** Returns a way from one node to another, on which nothing overtakes. */
    public Pipe pipe(int from, int to) {
        return new Pipe(this, from, to);
    }

    /** Returns the round trip between two nodes in microseconds. */
    public long roundTrip(int one, int other) {
        return cities.roundTrip(city[one], city[other]);
    }

    /** Returns whether what one node sends now arrives at the other. */
    public boolean reaches(int one, int other) {
        return !down[one] && !down[other] && island[one] == island[other];
    }

    /** Ends a node, or lets it come back. */
    public void setDown(int node, boolean isDown) {
        down[node] = isDown;
    }

    /** Returns whether a node has ended. */
    public boolean isDown(int node) {
        return down[node];
    }

    /** Cuts the network into islands: {@code number} says which island a node is on. */
    public void cut(IntUnaryOperator number) {
        Arrays.setAll(island, number);
    }

    /** Makes the network one again. */
    public void heal() {
        Arrays.fill(island, 0);
    }

    /** Returns the bytes that a node has sent, headers included. */
    public long sent(int node) {
        return sent[node];
    }

    /** Returns the bytes that all nodes have sent, headers included. */
    public long sent() {
        return Arrays.stream(sent).sum();
    }

    /** Returns when all has left that a node has sent so far, in microseconds of the world. */
    public long uplinkFree(int node) {
        return uplinkFree[node];
    }

    /** Counts {@code bytes} of payload as sent; returns when the last of them has left the node. */
    long depart(int from, int bytes) {
        long wire = wire(bytes);
        sent[from] += wire;
        long start = Math.max(world.micros(), uplinkFree[from]);
        uplinkFree[from] = start + Math.max(1, wire * SECOND / options.upload());
        return uplinkFree[from];
    }

    private static long wire(int bytes) {
        return bytes + (long) HEADERS * packets(bytes);
    }

    private static int packets(int bytes) {
        return Math.max(1, Math.ceilDiv(bytes, PACKET));
    }

    /** Returns how long something is under way: half a round trip, more where packets are lost. */
    long transit(int from, int to, int bytes) {
        long roundTrip = roundTrip(from, to);
        return roundTrip / 2 + lost(packets(bytes), 2 * roundTrip + PROBE);
    }

    /** A lost packet is sent again after a timeout that doubles with each further loss. */
    private long lost(int packets, long timeout) {
        if (options.loss() == 0) {
            return 0;
        }
        long delay = 0;
        double share = 1 - Math.pow(1 - options.loss(), packets);
        for (int i = 0; i < MAX_LOSSES && world.random().nextDouble() < share; i++) {
            delay += timeout << i;
        }
        return delay;
    }
}
