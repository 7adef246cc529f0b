package io.ggen.marketplace.core.network;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.ArchivePolicy;
import io.ggen.content.BlockSource;
import io.ggen.content.TarIngest;
import io.ggen.marketplace.core.FakeRegistry;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.Version;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multiaddr;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A network in memory: peers exist when a test says so, and everything that is done to them is
 * kept. Thread-safe.
 */
public final class FakeNetwork implements Network {
    /** Who this node is. */
    public static final String SELF = "12D3KooWCryG7Mon9orvQxcS1rYZjotPgpwoJNHHKcLLfE4Hf5mV";

    private final FakeRegistry registry = new FakeRegistry("p2p");
    private final EventHub events = new EventHub();
    private final InstantSource clock;
    private final Instant began;
    private final TreeMap<String, PeerInfo> peers = new TreeMap<>();
    private final Map<PackageId, List<String>> holders = new HashMap<>();
    private final TreeMap<String, BannedPeer> bans = new TreeMap<>();
    private final TreeMap<PackageId, PinnedPackage> pins = new TreeMap<>();
    private final List<Multiaddr> bootstrap = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private long queries;

    /** Makes a node that is alone. */
    public FakeNetwork(InstantSource clock) {
        this.clock = clock;
        this.began = clock.instant();
    }

    /** Connects a peer. */
    public synchronized void connect(PeerInfo peer) {
        peers.put(peer.peerId(), peer);
        events.publish(
                new NetworkEvent.PeerConnected(
                        clock.instant(), peer.peerId(), peer.addresses().getFirst().toString()));
    }

    /** Lets a peer hold the content of a package. */
    public synchronized void hold(PackageId id, String peerId) {
        holders.computeIfAbsent(id, _ -> new ArrayList<>()).add(peerId);
        notifyAll();
    }

    /** Tells every listener. */
    public void happen(NetworkEvent event) {
        events.publish(event);
    }

    /** Returns whether the node was closed. */
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public synchronized NodeStatus status() {
        return new NodeStatus(
                true,
                SELF,
                List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/4001/p2p/" + SELF)),
                peers.size(),
                peers.size(),
                "server",
                peers.isEmpty() ? "alone" : "good",
                Optional.empty(),
                "unknown",
                new NodeStatus.CatalogueState(
                        registry.metadata().packages().orElse(0), 1, Optional.empty()),
                new NodeStatus.StoreState(0, NetworkLimits.standard().store().bytes()),
                Optional.empty(),
                Duration.between(began, clock.instant()),
                Optional.empty(),
                NetworkLimits.standard());
    }

    @Override
    public synchronized NodeActivity activity() {
        return new NodeActivity(queries, 0, 0, 0, 3, 1, 0, 10, 20, List.of());
    }

    @Override
    public synchronized List<PeerInfo> peers() {
        return List.copyOf(peers.values());
    }

    @Override
    public synchronized Optional<PeerInfo> peer(String peerId) {
        return Optional.ofNullable(peers.get(checked(peerId)));
    }

    private static String checked(String peerId) {
        if (!peerId.startsWith("12D3KooW")) {
            throw new MarketplaceException(
                    ErrorCode.USAGE, peerId + " is no peer id", "p2p peer-list shows them");
        }
        return peerId;
    }

    @Override
    public synchronized List<ProviderInfo> providers(PackageRef ref) {
        queries++;
        if (!registry.exists(ref)) {
            throw missing(ref);
        }
        List<ProviderInfo> found = new ArrayList<>();
        for (String peerId : holders.getOrDefault(ref.id(), List.of())) {
            found.add(new ProviderInfo(peerId, addresses(peerId)));
        }
        return found;
    }

    private static MarketplaceException missing(PackageRef ref) {
        return new MarketplaceException(
                ErrorCode.PACKAGE_NOT_FOUND, "nobody knows " + ref, "search for it");
    }

    private List<Multiaddr> addresses(String peerId) {
        PeerInfo peer = peers.get(peerId);
        return peer == null ? List.of() : peer.addresses();
    }

    @Override
    public synchronized List<BannedPeer> bans() {
        return List.copyOf(bans.values());
    }

    @Override
    public synchronized BannedPeer ban(String peerId, Duration duration, String reason) {
        Instant until = clock.instant().plus(duration);
        BannedPeer known = bans.get(checked(peerId));
        Instant later = known != null && known.until().isAfter(until) ? known.until() : until;
        BannedPeer ban = new BannedPeer(peerId, later, reason);
        bans.put(peerId, ban);
        if (peers.remove(peerId) != null) {
            events.publish(new NetworkEvent.PeerDisconnected(clock.instant(), peerId));
        }
        return ban;
    }

    @Override
    public synchronized boolean unban(String peerId) {
        return bans.remove(checked(peerId)) != null;
    }

    /** Reaches every address but those of port 1. */
    @Override
    public synchronized BootstrapOutcome bootstrap(List<Multiaddr> addresses, Duration timeout) {
        List<BootstrapOutcome.Attempt> attempts = new ArrayList<>();
        for (Multiaddr address : addresses) {
            boolean refused = address.value(AddressProtocol.TCP).equals(Optional.of("1"));
            attempts.add(new BootstrapOutcome.Attempt(address, !refused, refused ? "refused" : ""));
            if (!bootstrap.contains(address)) {
                bootstrap.add(address);
            }
        }
        return new BootstrapOutcome(attempts, peers.size());
    }

    @Override
    public synchronized List<Multiaddr> bootstrapNodes() {
        return List.copyOf(bootstrap);
    }

    @Override
    public synchronized boolean forget(Multiaddr address) {
        return bootstrap.remove(address);
    }

    @Override
    public synchronized List<PinnedPackage> pins() {
        return List.copyOf(pins.values());
    }

    @Override
    public synchronized PinnedPackage pin(PackageRef ref, Optional<Version> version) {
        Version chosen =
                version.or(() ->
                                VersionListing.newest(registry.listVersions(ref))
                                        .map(VersionListing::version))
                        .orElseThrow(() -> missing(ref));
        Listing listing = registry.getPackageVersion(ref, chosen).orElseThrow(() -> missing(ref));
        Release release = listing.release();
        Did publisher = release.publisher().orElseThrow();
        PinnedPackage pin =
                new PinnedPackage(
                        release.id(),
                        chosen,
                        publisher,
                        release.content().cid(),
                        release.content().sizeBytes(),
                        clock.instant());
        pins.put(release.id(), pin);
        return pin;
    }

    @Override
    public synchronized boolean unpin(PackageRef ref) {
        return pins.remove(ref.id()) != null;
    }

    @Override
    public Collected collect() {
        return new Collected(2, 4096);
    }

    @Override
    public BlockSource content(Cid root) {
        Map<Cid, Bytes> blocks = new HashMap<>();
        Listing listing =
                listings().stream()
                        .filter(it -> it.release().content().cid().equals(root))
                        .findFirst()
                        .orElseThrow(() ->
                                new MarketplaceException(
                                        ErrorCode.ALL_PROVIDERS_FAILED,
                                        "nobody has " + root,
                                        "publish it"));
        try (InputStream tar = registry.open(listing)) {
            TarIngest.read(
                    tar, ArchivePolicy.standard(), (cid, block) -> blocks.put(cid, copy(block)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cid -> Optional.ofNullable(blocks.get(cid));
    }

    private static Bytes copy(ByteBuffer block) {
        byte[] copy = new byte[block.remaining()];
        block.duplicate().get(copy);
        return Bytes.wrap(copy);
    }

    @Override
    public synchronized Spread spread(Sha256 record, Duration patience) {
        PackageId id = published(record);
        awaitHolder(id, System.nanoTime() + patience.toNanos());
        int held = holders.getOrDefault(id, List.of()).size();
        return new Spread(peers.size(), peers.size(), held);
    }

    private synchronized void awaitHolder(PackageId id, long deadline) {
        try {
            while (holders.getOrDefault(id, List.of()).isEmpty()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PackageId published(Sha256 record) {
        return listings().stream()
                .filter(it -> it.envelope().map(Envelope::recordId).equals(Optional.of(record)))
                .map(it -> it.release().id())
                .findFirst()
                .orElseThrow(() ->
                        new MarketplaceException(
                                ErrorCode.PACKAGE_NOT_FOUND,
                                "no record " + record.hex(),
                                "publish it"));
    }

    private List<Listing> listings() {
        List<Listing> listings = new ArrayList<>();
        for (var hit : registry.search(Query.of("", 1000)).hits()) {
            PackageRef ref = new PackageRef(hit.id(), hit.publisher());
            for (VersionListing version : registry.listVersions(ref)) {
                registry.getPackageVersion(ref, version.version()).ifPresent(listings::add);
            }
        }
        return listings;
    }

    @Override
    public Registry registry() {
        return registry;
    }

    @Override
    public EventStream events() {
        return events.subscribe();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            events.close();
        }
    }
}
