package io.ggen.libp2p.host;

/**
 * How many connections may come in.
 *
 * @param handshakes under way at once; one more ends the oldest of who has most of them
 * @param perAddress open or opening at once from one IPv4 address or IPv6 /64
 * @param perNetwork open or opening at once from one IPv4 /16 or IPv6 /32
 * @param countsLocal whether the last two hold for loopback, link-local and private addresses too
 */
public record Crowding(int handshakes, int perAddress, int perNetwork, boolean countsLocal) {
    /** Returns 64 handshakes, 16 from an address, 64 from a network, local ones not counted. */
    public static Crowding standard() {
        return new Crowding(64, 16, 64, false);
    }
}
