package io.ggen.marketplace.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

class NetworkFieldsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String PEER = FakeNetwork.SELF;

    @Test
    void aStatusReadsBackAsItWasWritten() {
        NodeStatus status = new FakeNetwork(() -> NOW).status().servedAt("http://127.0.0.1:1");
        assertThat(NodeFields.status(NodeFields.of(status))).isEqualTo(status);
        NetworkLimits limits =
                new NetworkLimits(
                        ByteSize.mib(1),
                        Optional.of(ByteSize.kib(1)),
                        Optional.empty(),
                        7,
                        8,
                        ByteSize.mib(9));
        assertThat(NodeFields.of(status).object("limits").has("uploadBytesPerSecond")).isFalse();
        assertThat(limits.upload()).isPresent();
    }

    @Test
    void whatANodeDidReadsBackAsItWasWritten() {
        var transfer = new NodeActivity.Transfer(PEER, "bafy", true, 17);
        NodeActivity activity = new NodeActivity(1, 2, 3, 4, 5, 6, 7, 8, 9, List.of(transfer));
        assertThat(NodeFields.activity(NodeFields.of(activity))).isEqualTo(activity);
    }

    @Test
    void aPeerReadsBackAsItWasWritten() {
        PeerInfo known =
                new PeerInfo(
                        PEER,
                        List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/4001")),
                        "ggen/0.1.0",
                        List.of("/ipfs/ping/1.0.0"),
                        new Reputation(9, 0.5, 0.2, 0.1, 0.1, 0),
                        Optional.of(Duration.ofNanos(1_500_000)),
                        Optional.of(NOW));
        assertThat(PeerFields.peer(PeerFields.of(known))).isEqualTo(known);
        PeerInfo remembered =
                new PeerInfo(
                        PEER,
                        List.of(),
                        "",
                        List.of(),
                        Reputation.unknown(),
                        Optional.empty(),
                        Optional.empty());
        assertThat(PeerFields.peer(PeerFields.of(remembered))).isEqualTo(remembered);
        assertThat(PeerFields.of(remembered).has("reputation")).isFalse();
    }

    @Test
    void everyEventReadsBackAsItWasWritten() {
        List<NetworkEvent> events =
                List.of(
                        new NetworkEvent.PeerConnected(NOW, PEER, "/ip4/127.0.0.1/tcp/4001"),
                        new NetworkEvent.PeerDisconnected(NOW, PEER),
                        new NetworkEvent.PackageAnnounced(
                                NOW,
                                new PackageId("leaf"),
                                Version.parse("1.0.0"),
                                TestPublisher.number(1).did(),
                                PEER),
                        new NetworkEvent.DhtQueryComplete(NOW, "key", 3, Duration.ofMillis(7)),
                        new NetworkEvent.DhtStoreComplete(NOW, "key", 20, Duration.ofMillis(7)),
                        new NetworkEvent.GossipReceived(NOW, "/ggen/packages/v1", PEER, 512));
        for (NetworkEvent event : events) {
            assertThat(ContentFields.event(ContentFields.of(event))).isEqualTo(event);
        }
    }

    @Test
    void aFieldThatIsMissingIsNamed() {
        assertThatThrownBy(() -> NodeFields.status(new Fields().put("running", true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("catalogue is missing");
        assertThatThrownBy(() -> new Fields().put("peers", "many").whole("peers"))
                .hasMessageContaining("peers is of another kind");
    }

    @Test
    void aPeerIsUnknownUntilItsFifthTransfer() {
        Reputation young = reputation(4, 4);
        Reputation known = reputation(5, 5);
        assertThat(young.score()).isEmpty();
        assertThat(known.score()).hasValueCloseTo(0.50 + 0.25 + 0.15 + 0.10, within(1e-9));
        assertThat(reputation(10, 0).score()).hasValueCloseTo(0.50, within(1e-9));
    }

    private static Reputation reputation(long all, long sound) {
        return Reputation.of(
                new Reputation.Transfers(all, sound),
                Duration.ofMillis(10),
                10,
                Duration.ZERO,
                OptionalDouble.empty());
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }
}
