package io.ggen.marketplace.p2p.node;

import io.ggen.content.BlockSource;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.HostEvent;
import io.ggen.libp2p.kad.KadEvent;
import io.ggen.libp2p.kad.KadTask;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.mdns.Mdns;
import io.ggen.libp2p.mdns.MdnsOptions;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.network.Collected;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkEvent;
import io.ggen.marketplace.core.store.Hold;
import io.ggen.marketplace.core.store.StoredContent;
import io.ggen.marketplace.core.trust.Evidence;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.p2p.catalogue.Admission;
import io.ggen.marketplace.p2p.catalogue.EvidenceKeeper;
import io.ggen.multiformats.Cid;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A node's parts, put together and taken apart again in the reverse order. */
final class Assembly implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Assembly.class.getName());

    private final Parts parts;
    private final Deque<AutoCloseable> open;
    private final Peering peering;
    private final Providers providers;
    private final Transfers transfers = new Transfers();
    private final Downloads downloads;
    private final Topics topics;
    private final Announcements announcements;
    private final P2pRegistry registry;
    private final Pins pins;
    private final PeerReports peerReports;
    private final Collecting collecting;
    private final AtomicLong dhtQueries = new AtomicLong();
    private final AtomicLong dhtStores = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Assembly(Parts parts, Deque<AutoCloseable> open, Standing standing) {
        this.parts = parts;
        this.open = open;
        NetworkContext context = parts.context();
        var introducers = new Introducers(parts.host());
        this.peering = new Peering(parts, context.options());
        this.providers = new Providers(parts);
        this.topics = new Topics(context.options().packagesTopic(), parts, introducers, providers);
        this.announcements = new Announcements(parts, topics, standing);
        this.downloads = new Downloads(parts, providers, transfers, announcements);
        var inquiry = new Inquiry(parts, peering, introducers, standing);
        this.registry = new P2pRegistry(parts, inquiry, downloads, announcements);
        this.pins = new Pins(parts, registry, downloads, announcements);
        this.peerReports = new PeerReports(parts);
        this.collecting = new Collecting(context, parts.holdings());
    }

    /** Starts everything; what was started is ended again when something fails. */
    static Assembly start(NetworkContext context, Standing standing) {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            Parts parts = new Building(context, standing, open).parts();
            var assembly = new Assembly(parts, open, standing);
            assembly.begin();
            return assembly;
        } catch (Libp2pException e) {
            closeAll(open);
            throw new MarketplaceException(
                            ErrorCode.NETWORK,
                            "The node cannot start: " + e.getMessage() + ".",
                            "Look at listen_addresses and the key in "
                                    + context.home().nodeKey()
                                    + ".")
                    .causedBy(e);
        } catch (RuntimeException e) {
            closeAll(open);
            throw e;
        }
    }

    private void begin() {
        parts.host().onEvent(this::onEvent);
        parts.kad().onEvent(this::onEvent);
        parts.catalogue().onAdmitted(this::onAdmitted);
        parts.catalogue().onAdmitted(new EvidenceKeeper(new Evidence(parts.context().home())));
        topics.subscribe();
        open.push(peering);
        peering.start();
        peerReports.start();
        announcements.start();
        var housekeeping = new Housekeeping(parts);
        open.push(housekeeping);
        housekeeping.start();
        NetworkContext context = parts.context();
        if (context.options().mdns() && !parts.host().addresses().isEmpty()) {
            discover();
        }
    }

    private void discover() {
        try {
            open.push(Mdns.start(parts.host(), MdnsOptions.standard(), peering::met));
        } catch (Libp2pException e) {
            parts.context()
                    .progress()
                    .say("peers on the local network are not looked for: " + e.getMessage());
        }
    }

    private void onEvent(HostEvent event) {
        var now = parts.context().clock().instant();
        switch (event) {
            case HostEvent.PeerConnected(PeerId peer) ->
                    parts.events()
                            .publish(
                                    new NetworkEvent.PeerConnected(
                                            now, peer.toString(), address(peer)));
            case HostEvent.PeerDisconnected(PeerId peer) ->
                    parts.events().publish(new NetworkEvent.PeerDisconnected(now, peer.toString()));
            case HostEvent.PeerIdentified(PeerId peer) -> parts.reputations().seen(peer);
            case HostEvent.AddressesChanged _ -> {
                // announced with the next records
            }
        }
    }

    private String address(PeerId peer) {
        return parts.host().connections().stream()
                .filter(it -> it.remotePeer().equals(peer))
                .findFirst()
                .map(it -> it.facts().remoteAddress().toString())
                .orElse("");
    }

    private void onEvent(KadEvent event) {
        var now = parts.context().clock().instant();
        switch (event) {
            case KadEvent.QueryCompleted it -> {
                dhtQueries.incrementAndGet();
                parts.events()
                        .publish(
                                new NetworkEvent.DhtQueryComplete(
                                        now, key(it.task()), it.peers(), it.took()));
            }
            case KadEvent.StoreCompleted it -> {
                dhtStores.incrementAndGet();
                parts.events()
                        .publish(
                                new NetworkEvent.DhtStoreComplete(
                                        now, key(it.task()), it.holders(), it.took()));
            }
            case KadEvent.ModeChanged _ -> {
                // status shows it
            }
        }
    }

    private static String key(KadTask task) {
        return switch (task) {
            case KadTask.FindPeer it -> it.peer().toString();
            case KadTask.Closest it -> it.key().hex();
            case KadTask.Get it -> it.key().utf8();
            case KadTask.Put it -> it.record().key().utf8();
            case KadTask.Provide it -> it.key().hex();
            case KadTask.Providers it -> it.key().hex();
        };
    }

    private void onAdmitted(Admission.Admitted admitted) {
        if (admitted.signed() instanceof SignedRecord.OfRelease it) {
            parts.events()
                    .publish(
                            new NetworkEvent.PackageAnnounced(
                                    parts.context().clock().instant(),
                                    it.release().id(),
                                    it.release().version(),
                                    it.signedBy().publisher(),
                                    ""));
        }
    }

    Parts parts() {
        return parts;
    }

    Peering peering() {
        return peering;
    }

    Providers providers() {
        return providers;
    }

    Transfers transfers() {
        return transfers;
    }

    Topics topics() {
        return topics;
    }

    Announcements announcements() {
        return announcements;
    }

    Registry registry() {
        return registry;
    }

    Pins pins() {
        return pins;
    }

    PeerReports peerReports() {
        return peerReports;
    }

    long dhtQueries() {
        return dhtQueries.get();
    }

    long dhtStores() {
        return dhtStores.get();
    }

    /** Returns the newest release of a package. */
    SignedRecord.OfRelease newest(PackageRef ref) {
        return VersionListing.newest(registry.listVersions(ref))
                .flatMap(it -> registry.getPackageVersion(ref, it.version()))
                .map(it -> new SignedRecord.OfRelease(it.envelope().orElseThrow(), it.release()))
                .orElseThrow(() ->
                        new MarketplaceException(
                                ErrorCode.PACKAGE_NOT_FOUND,
                                "The network has no package "
                                        + ref.id()
                                        + ", as far as this node knows.",
                                "Search for it: ggen marketplace p2p search " + ref.id()));
    }

    /** Returns the blocks of a content, fetched where they are missing. */
    BlockSource content(Cid root) {
        SignedRecord.OfRelease signed =
                parts.catalogue()
                        .releaseOf(root)
                        .orElseThrow(() ->
                                new MarketplaceException(
                                        ErrorCode.PACKAGE_NOT_FOUND,
                                        "No release that this node knows has the content "
                                                + root
                                                + ".",
                                        "Look its package up first: ggen marketplace info"
                                                + " ID"));
        StoredContent content = downloads.bring(signed, Hold.Reason.INSTALLED);
        return parts.holdings().store().blocks(content);
    }

    /** Frees what nothing holds. */
    Collected collect() {
        Collected collected = collecting.run();
        announcements.withdrawGone();
        return collected;
    }

    /** Ends the connections of a peer. */
    void disconnect(PeerId peer) {
        for (Connection connection : parts.host().connections()) {
            if (connection.remotePeer().equals(peer)) {
                connection.close();
            }
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            closeAll(open);
        }
    }

    private static void closeAll(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            AutoCloseable last = open.pop();
            try {
                last.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "a part of the node does not end well", e);
            }
        }
    }
}
