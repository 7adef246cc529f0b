package io.ggen.simulator.net;

/**
 * What a network is like.
 *
 * @param upload bytes that a node sends in a second; 2,500,000, which is 20 Mbit/s
 * @param loss share of packets that are lost and sent again; 0.005
 */
public record NetworkOptions(int upload, double loss) {
    /** Checks the ranges. */
    public NetworkOptions {
        if (upload < 1 || loss < 0 || loss >= 1) {
            throw new IllegalArgumentException("a network carries something");
        }
    }

    /** Returns the options named above. */
    public static NetworkOptions standard() {
        return new NetworkOptions(2_500_000, 0.005);
    }

    /** Returns these options with another share of lost packets. */
    public NetworkOptions losing(double share) {
        return new NetworkOptions(upload, share);
    }

    /** Returns these options with another upload in bytes a second. */
    public NetworkOptions uploading(int bytes) {
        return new NetworkOptions(bytes, loss);
    }
}
