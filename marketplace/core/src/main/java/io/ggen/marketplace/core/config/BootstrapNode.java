package io.ggen.marketplace.core.config;

import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

/**
 * A node that others join the network through.
 *
 * @param address ends in {@code /p2p/ID}
 * @param priority lower ones are tried first, 0 or more
 * @param region a word of the user's for where it is; nodes of several regions are tried first; may
 *     be empty
 */
public record BootstrapNode(Multiaddr address, int priority, String region) {
    /** Refuses an address that names no peer, and what cannot stand in a list of words. */
    public BootstrapNode {
        if (!address.has(AddressProtocol.P2P)) {
            throw new IllegalArgumentException(address + " names no peer: /p2p/ID is missing");
        }
        if (priority < 0 || region.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException(
                    "a priority is 0 or more and a region is one word: " + priority + " " + region);
        }
    }

    /** Reads an address alone; throws IllegalArgumentException that says what is wrong. */
    public static BootstrapNode of(String address) {
        return new BootstrapNode(Multiaddr.parse(address), 0, "");
    }

    /** Reads what {@link #toString} wrote. */
    static BootstrapNode parse(String text) {
        String[] words = text.split(" ", 3);
        return words.length < 3
                ? of(text)
                : new BootstrapNode(
                        Multiaddr.parse(words[0]), Integer.parseInt(words[1]), words[2]);
    }

    /** Returns the address, and after it priority and region where they are not the usual ones. */
    @Override
    public String toString() {
        return priority == 0 && region.isEmpty()
                ? address.toString()
                : address + " " + priority + " " + region;
    }
}
