package io.ggen.node;

import io.ggen.marketplace.core.network.BannedPeer;
import io.ggen.marketplace.core.network.ContentFields;
import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NodeFields;
import io.ggen.marketplace.core.network.NodeStatus;
import io.ggen.marketplace.core.network.PeerFields;
import io.ggen.marketplace.core.network.PeerInfo;
import io.ggen.marketplace.core.network.PinnedPackage;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;
import io.ggen.multiformats.Multiaddr;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The requests about the node itself: status, peers, bans, pins, bootstrap. */
final class NodeRoutes {
    private static final Duration LONGEST_BAN = Duration.ofDays(365);

    private final Network network;
    private final Supplier<NodeStatus> status;

    /** Answers for {@code network}, whose status with the API's own facts is {@code status}. */
    NodeRoutes(Network network, Supplier<NodeStatus> status) {
        this.network = network;
        this.status = status;
    }

    void status(ApiCall call) throws IOException {
        call.answer("p2p.status", NodeFields.of(status.get()));
    }

    void top(ApiCall call) throws IOException {
        call.answer(
                "p2p.top",
                new Fields()
                        .put("status", NodeFields.of(status.get()))
                        .put("activity", NodeFields.of(network.activity())));
    }

    /** {@code peers}, {@code peers/PEER}. */
    void peers(ApiCall call) throws IOException {
        if (call.path().size() == 3) {
            call.answer(
                    "p2p.peer-list", new Fields().list("peers", network.peers(), PeerFields::of));
            return;
        }
        String peerId = call.path().get(3);
        PeerInfo peer =
                network.peer(peerId)
                        .orElseThrow(() ->
                                new MarketplaceException(
                                        ErrorCode.PACKAGE_NOT_FOUND,
                                        "nothing is known of the peer " + peerId,
                                        "`ggen m p2p peer-list` shows the connected ones"));
        call.answer("p2p.peer-info", PeerFields.of(peer));
    }

    void providers(ApiCall call) throws IOException {
        PackageRef ref = ref(call.path().get(3), call.parameter("publisher"));
        call.answer(
                "p2p.providers",
                new Fields().list("providers", network.providers(ref), PeerFields::of));
    }

    static PackageRef ref(String id, Optional<String> publisher) {
        return new PackageRef(new PackageId(id), publisher.map(Did::new));
    }

    /** {@code bans}: GET, POST; {@code bans/PEER}: DELETE. */
    void bans(ApiCall call) throws IOException {
        switch (call.method()) {
            case "GET" ->
                    call.answer(
                            "p2p.bans", new Fields().list("bans", network.bans(), PeerFields::of));
            case "POST" -> {
                Fields body = call.body();
                Duration asked = Duration.ofSeconds(Math.max(1, body.whole("seconds")));
                Duration duration = asked.compareTo(LONGEST_BAN) > 0 ? LONGEST_BAN : asked;
                BannedPeer ban = network.ban(body.text("peerId"), duration, body.text("reason"));
                call.answer("p2p.ban", PeerFields.of(ban));
            }
            default -> {
                String peerId = call.path().get(3);
                removed(call, "p2p.unban", "peerId", peerId, network.unban(peerId));
            }
        }
    }

    private static void removed(
            ApiCall call, String schema, String name, String value, boolean removed)
            throws IOException {
        call.answer(schema, new Fields().put(name, value).put("removed", removed));
    }

    /** {@code bootstrap}: GET, POST; DELETE with {@code ?address=}. */
    void bootstrap(ApiCall call) throws IOException {
        switch (call.method()) {
            case "GET" ->
                    call.answer(
                            "p2p.bootstrap-nodes",
                            new Fields().texts("addresses", network.bootstrapNodes()));
            case "POST" -> {
                Fields body = call.body();
                List<Multiaddr> addresses =
                        body.texts("addresses").stream().map(Multiaddr::parse).toList();
                Duration timeout = Duration.ofSeconds(Math.clamp(body.whole("seconds"), 1, 600));
                call.answer("p2p.bootstrap", PeerFields.of(network.bootstrap(addresses, timeout)));
            }
            default -> {
                String address = call.parameter("address").orElse("");
                removed(
                        call,
                        "p2p.forget",
                        "address",
                        address,
                        network.forget(Multiaddr.parse(address)));
            }
        }
    }

    /** {@code pins}: GET, POST; {@code pins/ID}: DELETE. */
    void pins(ApiCall call) throws IOException {
        switch (call.method()) {
            case "GET" ->
                    call.answer(
                            "p2p.pins",
                            new Fields().list("pins", network.pins(), ContentFields::of));
            case "POST" -> {
                Fields body = call.body();
                PinnedPackage pin =
                        network.pin(
                                ref(body.text("id"), body.optionalText("publisher")),
                                body.optionalText("version").map(Version::parse));
                call.answer("p2p.pin", ContentFields.of(pin));
            }
            default -> {
                PackageRef ref = ref(call.path().get(3), call.parameter("publisher"));
                removed(call, "p2p.unpin", "id", ref.id().text(), network.unpin(ref));
            }
        }
    }

    void collect(ApiCall call) throws IOException {
        call.answer("p2p.gc", ContentFields.of(network.collect()));
    }
}
