package io.ggen.marketplace.core.network;

import java.time.Duration;
import java.util.Optional;

/**
 * Gives commands their {@link Network}, and runs nodes. Found with {@link java.util.ServiceLoader};
 * a program without one has no network.
 */
public interface NetworkProvider {
    /**
     * Returns the node that runs for this home, if one does: it was reached just now.
     *
     * @throws io.ggen.marketplace.model.MarketplaceException NETWORK where the running node is of
     *     another version, with both versions in the message
     */
    Optional<RunningNode> running(NetworkContext context);

    /**
     * Returns the running node, or else a client node with a key of its own that starts now, keeps
     * everything in memory and ends with {@code close()}.
     */
    Network connect(NetworkContext context);

    /**
     * Starts a node of this home in this process, with its API; returns when it listens.
     *
     * @throws io.ggen.marketplace.model.MarketplaceException LOCK_TIMEOUT where a node runs already
     *     and says which, NETWORK where an address cannot be had
     */
    HostedNode start(NetworkContext context);

    /**
     * Asks the running node to end and waits until it has.
     *
     * @return who ended; empty where none ran
     * @throws io.ggen.marketplace.model.MarketplaceException TIMEOUT where it still runs after
     *     {@code patience}
     */
    Optional<RunningNode> stop(NetworkContext context, Duration patience);
}
