package io.ggen.marketplace.core.network;

import io.ggen.base.Sha256;
import io.ggen.content.BlockSource;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One node of the package network. Blocking and thread-safe; every operation ends within its own
 * deadline. All but {@link #close()} may throw a {@link
 * io.ggen.marketplace.model.MarketplaceException} with NETWORK, TIMEOUT or STORAGE; one that is
 * given a text that is no peer id throws USAGE.
 */
public interface Network extends AutoCloseable {
    /** Returns how the node is. */
    NodeStatus status();

    /** Returns what the node has done since it started. */
    NodeActivity activity();

    /** Returns the connected peers, by peer id. */
    List<PeerInfo> peers();

    /** Returns one peer, connected or remembered. */
    Optional<PeerInfo> peer(String peerId);

    /**
     * Returns who holds the newest release of a package, this node too where it does, by peer id.
     * Asks the network for at most 10 seconds and answers with what it has then.
     *
     * @throws io.ggen.marketplace.model.MarketplaceException PACKAGE_NOT_FOUND where nobody knows
     *     such a package, AMBIGUOUS_NAME where several publishers have one
     */
    List<ProviderInfo> providers(PackageRef ref);

    /** Returns the peers that are refused now, by peer id. */
    List<BannedPeer> bans();

    /**
     * Refuses a peer for some time, and ends its connections. A peer that is banned already is
     * banned until the later of both times.
     */
    BannedPeer ban(String peerId, Duration duration, String reason);

    /** Accepts a peer again; returns whether it was banned. */
    boolean unban(String peerId);

    /**
     * Connects to known nodes and looks for others through them; keeps the addresses to come back
     * to until this node ends.
     *
     * @param timeout how long to try at most
     */
    BootstrapOutcome bootstrap(List<Multiaddr> addresses, Duration timeout);

    /** Returns the nodes that this one comes back to when it is alone. */
    List<Multiaddr> bootstrapNodes();

    /** Comes back to {@code address} no more; returns whether it would have. */
    boolean forget(Multiaddr address);

    /** Returns what is kept and served on purpose, by id. */
    List<PinnedPackage> pins();

    /**
     * Fetches a release and its dependencies where they are missing, and keeps and serves them.
     *
     * @param version the newest one that is not yanked where none is given
     * @throws io.ggen.marketplace.model.MarketplaceException PACKAGE_NOT_FOUND,
     *     NO_MATCHING_VERSION, AMBIGUOUS_NAME, ALL_PROVIDERS_FAILED
     */
    PinnedPackage pin(PackageRef ref, Optional<Version> version);

    /** Keeps every version of a package no longer on purpose; returns whether it did. */
    boolean unpin(PackageRef ref);

    /** Frees the content that nothing holds: no pin, no own release, no installed package. */
    Collected collect();

    /**
     * Returns the blocks of a content, held here or fetched where they are missing; each is
     * verified. Reading one may block until a peer gives it.
     *
     * @param root the content's CID
     * @throws io.ggen.marketplace.model.MarketplaceException ALL_PROVIDERS_FAILED or TIMEOUT where
     *     nobody gives all of it
     */
    BlockSource content(Cid root);

    /**
     * Returns how far a release of this node has come. Waits until at least one other peer holds
     * all of its content, or {@code patience} is over; zero answers at once.
     *
     * @param record the id of the signed record
     * @throws io.ggen.marketplace.model.MarketplaceException PACKAGE_NOT_FOUND for a record that
     *     this node does not hold
     */
    Spread spread(Sha256 record, Duration patience);

    /**
     * Returns the packages of the network alone. It searches the catalogue of this node and asks
     * peers where that is not enough; closing it does nothing.
     */
    Registry registry();

    /** Returns the events from now on; close it when nobody listens any more. */
    EventStream events();

    /** Leaves the network and keeps all state. Never fails; a second call does nothing. */
    @Override
    void close();
}
