package io.ggen.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.core.network.EventStream;
import io.ggen.marketplace.core.network.FakeNetwork;
import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NetworkContract;
import io.ggen.marketplace.core.network.NetworkEvent;
import io.ggen.marketplace.core.network.PeerInfo;
import io.ggen.marketplace.core.network.ProviderInfo;
import io.ggen.marketplace.core.network.Reputation;
import io.ggen.marketplace.core.network.Spread;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A network behind the API keeps what a network in this process promises. */
class RemoteNetworkTest extends NetworkContract {
    private static final String PEER = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path directory;
    private Lab lab = new Lab(Path.of(""));

    @Override
    protected Network open() {
        lab = new Lab(directory);
        lab.daemon();
        return lab.remote();
    }

    @AfterEach
    void closeLab() throws Exception {
        lab.close();
    }

    private static PeerInfo peer() {
        return new PeerInfo(
                PEER,
                List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/4001")),
                "ggen/0.1.0",
                List.of("/ipfs/ping/1.0.0"),
                new Reputation(9, 0.5, 0.2, 0.1, 0.1, 0),
                Optional.of(Duration.ofMillis(3)),
                Optional.of(Instant.parse("2026-01-02T03:04:05Z")));
    }

    @Test
    void showsPeersWithTheTermsOfTheirReputation() {
        lab.node().connect(peer());
        assertThat(network().peers()).containsExactly(peer());
        assertThat(network().peer(PEER)).contains(peer());
        assertThat(network().status().api()).contains(lab.file().url());
    }

    @Test
    void waitsUntilSomebodyElseHoldsTheContent() throws InterruptedException {
        SamplePackage sample = TestPublisher.number(1).release("acme/ui", "1.0.0");
        sample.publishIn(network().registry());
        FakeNetwork node = lab.node();
        node.connect(peer());
        Thread holder = Thread.ofVirtual().start(() -> node.hold(new PackageId("acme/ui"), PEER));
        Spread spread = network().spread(sample.envelope().recordId(), SOON);
        holder.join();
        assertThat(spread).isEqualTo(new Spread(1, 1, 1));
        assertThat(network().providers(PackageRef.of(new PackageId("acme/ui"))))
                .containsExactly(new ProviderInfo(PEER, peer().addresses()));
    }

    @Test
    void hearsEventsInTheirOrder() throws InterruptedException {
        try (EventStream events = network().events()) {
            Instant at = Instant.parse("2026-01-02T03:04:05Z");
            NetworkEvent gossip = new NetworkEvent.GossipReceived(at, "/ggen/packages/v1", PEER, 9);
            NetworkEvent left = new NetworkEvent.PeerDisconnected(at, PEER);
            lab.node().happen(gossip);
            lab.node().happen(left);
            assertThat(events.next(SOON)).contains(gossip);
            assertThat(events.next(SOON)).contains(left);
        }
    }
}
