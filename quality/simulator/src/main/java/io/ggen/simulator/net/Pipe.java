package io.ggen.simulator.net;

/** One direction of a connection: what is sent arrives in order, or never. Not thread-safe. */
public final class Pipe {
    private final Network network;
    private final int from;
    private final int to;
    private long lastArrival;

    Pipe(Network network, int from, int to) {
        this.network = network;
        this.from = from;
        this.to = to;
    }

    /** Returns the number of the node at the other end. */
    public int to() {
        return to;
    }

    /**
     * Sends {@code bytes}; {@code arrival} happens at the other end unless one of the two is down
     * or on another island when they leave or when they arrive.
     */
    public void send(int bytes, Runnable arrival) {
        long left = network.depart(from, bytes);
        if (!network.reaches(from, to)) {
            return;
        }
        lastArrival = Math.max(lastArrival, left + network.transit(from, to, bytes));
        network.world()
                .at(
                        lastArrival,
                        () -> {
                            if (network.reaches(from, to)) {
                                arrival.run();
                            }
                        });
    }
}
