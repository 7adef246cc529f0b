package io.ggen.marketplace.core.network;

import io.ggen.multiformats.Multiaddr;

import java.util.List;

/**
 * What came of joining through known nodes.
 *
 * @param attempts one for each address, in the order asked
 * @param peers how many peers are connected now
 */
public record BootstrapOutcome(List<Attempt> attempts, int peers) {
    /**
     * An attempt to reach a node.
     *
     * @param detail why it failed; empty where it did not
     */
    public record Attempt(Multiaddr address, boolean connected, String detail) {}

    /** Copies the list. */
    public BootstrapOutcome {
        attempts = List.copyOf(attempts);
    }

    /** Returns whether somebody was reached. */
    public boolean reached() {
        return attempts.stream().anyMatch(Attempt::connected);
    }
}
