package io.ggen.node;

import static io.ggen.node.ApiClient.encoded;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.BlockSource;
import io.ggen.content.CarReader;
import io.ggen.content.ContentException;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.network.BannedPeer;
import io.ggen.marketplace.core.network.BootstrapOutcome;
import io.ggen.marketplace.core.network.Collected;
import io.ggen.marketplace.core.network.ContentFields;
import io.ggen.marketplace.core.network.EventStream;
import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NodeActivity;
import io.ggen.marketplace.core.network.NodeFields;
import io.ggen.marketplace.core.network.NodeStatus;
import io.ggen.marketplace.core.network.PeerFields;
import io.ggen.marketplace.core.network.PeerInfo;
import io.ggen.marketplace.core.network.PinnedPackage;
import io.ggen.marketplace.core.network.ProviderInfo;
import io.ggen.marketplace.core.network.Spread;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multiaddr;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The node that runs for a home, through its API. Closing it leaves the node alone. */
final class RemoteNetwork implements Network {
    private static final Duration LOOKUP = Duration.ofSeconds(90);
    private static final Duration TRANSFER = Duration.ofMinutes(10);
    private static final long MOST_CONTENT = 256L << 20;

    private final ApiClient api;
    private final RemoteRegistry registry;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

    RemoteNetwork(ApiClient api) {
        this.api = api;
        this.registry = new RemoteRegistry(api);
    }

    @Override
    public NodeStatus status() {
        return NodeFields.status(api.get("status"));
    }

    @Override
    public NodeActivity activity() {
        return NodeFields.activity(api.get("top").object("activity"));
    }

    @Override
    public List<PeerInfo> peers() {
        return api.get("peers").list("peers", PeerFields::peer);
    }

    @Override
    public Optional<PeerInfo> peer(String peerId) {
        try {
            return Optional.of(PeerFields.peer(api.get("peers/" + encoded(peerId))));
        } catch (MarketplaceException e) {
            if (e.code() == ErrorCode.PACKAGE_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static String query(PackageRef ref) {
        return ref.publisher().map(did -> "?publisher=" + encoded(did.text())).orElse("");
    }

    @Override
    public List<ProviderInfo> providers(PackageRef ref) {
        return api.get("providers/" + encoded(ref.id().text()) + query(ref), LOOKUP)
                .list("providers", PeerFields::provider);
    }

    @Override
    public List<BannedPeer> bans() {
        return api.get("bans").list("bans", PeerFields::ban);
    }

    @Override
    public BannedPeer ban(String peerId, Duration duration, String reason) {
        Fields body =
                new Fields()
                        .put("peerId", peerId)
                        .put("seconds", Math.max(1, duration.toSeconds()))
                        .put("reason", reason);
        return PeerFields.ban(api.post("bans", body, LOOKUP));
    }

    @Override
    public boolean unban(String peerId) {
        return api.delete("bans/" + encoded(peerId)).flag("removed");
    }

    @Override
    public BootstrapOutcome bootstrap(List<Multiaddr> addresses, Duration timeout) {
        Fields body =
                new Fields()
                        .texts("addresses", addresses)
                        .put("seconds", Math.max(1, timeout.toSeconds()));
        return PeerFields.bootstrap(api.post("bootstrap", body, timeout.plus(LOOKUP)));
    }

    @Override
    public List<Multiaddr> bootstrapNodes() {
        return api.get("bootstrap").texts("addresses").stream().map(Multiaddr::parse).toList();
    }

    @Override
    public boolean forget(Multiaddr address) {
        return api.delete("bootstrap?address=" + encoded(address.toString())).flag("removed");
    }

    @Override
    public List<PinnedPackage> pins() {
        return api.get("pins").list("pins", ContentFields::pin);
    }

    @Override
    public PinnedPackage pin(PackageRef ref, Optional<Version> version) {
        Fields body =
                new Fields()
                        .put("id", ref.id().text())
                        .put("publisher", ref.publisher())
                        .put("version", version);
        return ContentFields.pin(api.post("pins", body, TRANSFER));
    }

    @Override
    public boolean unpin(PackageRef ref) {
        return api.delete("pins/" + encoded(ref.id().text()) + query(ref)).flag("removed");
    }

    @Override
    public Collected collect() {
        return ContentFields.collected(api.post("gc", new Fields(), TRANSFER));
    }

    /** Holds all blocks in memory: a command that wants more than 256 MiB takes the tar instead. */
    @Override
    public BlockSource content(Cid root) {
        Map<Cid, Bytes> blocks = new HashMap<>();
        long sum = 0;
        try (InputStream in = api.stream("content/" + root, TRANSFER)) {
            CarReader car = new CarReader(in);
            for (var block = car.next(); block.isPresent(); block = car.next()) {
                sum += block.get().bytes().length();
                if (sum > MOST_CONTENT) {
                    throw new MarketplaceException(
                            ErrorCode.STORAGE,
                            root + " has more than " + MOST_CONTENT + " bytes",
                            "take it as a package, or by GET content/CID of the API");
                }
                blocks.put(block.get().cid(), block.get().bytes());
            }
        } catch (IOException | ContentException e) {
            throw new MarketplaceException(
                            ErrorCode.ALL_PROVIDERS_FAILED,
                            "the node did not give all of " + root + ": " + e.getMessage(),
                            "try again; `ggen m p2p providers ID` shows who holds a package")
                    .causedBy(e);
        }
        return cid -> Optional.ofNullable(blocks.get(cid));
    }

    @Override
    public Spread spread(Sha256 record, Duration patience) {
        String path = "releases/" + record.hex() + "?waitMs=" + patience.toMillis();
        return ContentFields.spread(api.get(path, patience.plus(LOOKUP)));
    }

    @Override
    public Registry registry() {
        return registry;
    }

    @Override
    public EventStream events() {
        RemoteEvents events = RemoteEvents.open(api, streams::remove);
        streams.add(events);
        return events;
    }

    @Override
    public void close() {
        streams.forEach(EventStream::close);
    }
}
