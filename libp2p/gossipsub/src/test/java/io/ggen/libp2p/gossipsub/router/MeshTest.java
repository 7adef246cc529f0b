package io.ggen.libp2p.gossipsub.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.Subscription;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

final class MeshTest {
    private static final String TOPIC = Desk.TOPIC;

    @Test
    void aNewPeerIsToldEverySubscription() {
        Desk desk = Desk.standard().subscribed();
        List<Effect> effects = desk.router.connected(Desk.peer(0), Desk.INBOUND, desk.now);
        assertThat(effects)
                .containsExactly(
                        new Effect.Send(Desk.peer(0), Rpc.of(new Subscription(true, TOPIC))));
    }

    @Test
    void subscribingGraftsAsManyAsAMeshAimsAt() {
        Desk desk = Desk.standard().subscribers(0, 20, Desk.INBOUND);
        List<Effect> effects = desk.router.subscribe(TOPIC, desk.now);
        assertThat(Desk.grafted(effects)).hasSize(6).isSubsetOf(desk.router.peers());
        assertThat(desk.router.mesh(TOPIC)).hasSize(6);
    }

    @Test
    void aHeartbeatFillsAMeshThatIsTooSmall() {
        Desk desk = Desk.standard().subscribed().subscribers(0, 4, Desk.INBOUND);
        assertThat(Desk.grafted(desk.pass(Duration.ofSeconds(1)))).hasSize(4);
        desk.subscribers(4, 20, Desk.INBOUND);
        desk.pass(Duration.ofSeconds(1));
        assertThat(desk.router.mesh(TOPIC)).hasSize(6);
    }

    @Test
    void aHeartbeatCutsAMeshThatIsTooLargeAndKeepsTheBestAndTheDialled() {
        Desk desk = Desk.standard().subscribed().subscribers(0, 18, Desk.OUTBOUND);
        for (int i = 0; i < 18; i++) {
            desk.graft(i);
        }
        for (int i = 0; i < 4; i++) {
            desk.accept(i, Desk.message(50, "from " + i));
        }
        assertThat(desk.router.mesh(TOPIC)).hasSize(18);
        List<Effect> effects = desk.pass(Duration.ofSeconds(1));
        assertThat(desk.router.mesh(TOPIC))
                .hasSize(6)
                .contains(Desk.peer(0), Desk.peer(1), Desk.peer(2), Desk.peer(3));
        int out = pruned(desk, 18);
        Control.Prune prune = Desk.prunes(out, effects).getFirst();
        assertThat(prune.backoff()).isEqualTo(Duration.ofSeconds(60));
        assertThat(prune.exchange()).hasSize(16).doesNotHaveDuplicates();
    }

    private static int pruned(Desk desk, int peers) {
        for (int i = 0; i < peers; i++) {
            if (!desk.router.mesh(TOPIC).contains(Desk.peer(i))) {
                return i;
            }
        }
        throw new AssertionError("nobody was pruned");
    }

    @Test
    void aFullMeshRefusesThoseWhoDialAndTakesThoseWhoWereDialled() {
        Desk desk = Desk.standard().subscribed().subscribers(0, 13, Desk.INBOUND);
        for (int i = 0; i < 12; i++) {
            desk.graft(i);
        }
        assertThat(Desk.prunes(12, desk.graft(12))).hasSize(1);
        assertThat(desk.router.mesh(TOPIC)).hasSize(12);
        desk.subscribers(20, 21, Desk.OUTBOUND);
        assertThat(desk.graft(20)).isEmpty();
        assertThat(desk.router.mesh(TOPIC)).contains(Desk.peer(20));
    }

    @Test
    void aMeshOfStrangersTakesInTwoThatWereDialled() {
        Desk desk = Desk.standard().subscribed().subscribers(0, 8, Desk.INBOUND);
        desk.pass(Duration.ofSeconds(1));
        desk.subscribers(20, 25, Desk.OUTBOUND);
        desk.pass(Duration.ofSeconds(1));
        long outbound =
                desk.router.mesh(TOPIC).stream()
                        .filter(
                                List.of(20, 21, 22, 23, 24).stream().map(Desk::peer).toList()
                                        ::contains)
                        .count();
        assertThat(outbound).isEqualTo(2);
    }

    @Test
    void whoPrunesIsNotGraftedBeforeTheBackoffEnds() {
        Desk desk = Desk.standard().subscribed().subscribers(0, 1, Desk.INBOUND);
        desk.graft(0);
        desk.prune(0, Duration.ofSeconds(30));
        assertThat(desk.router.mesh(TOPIC)).isEmpty();
        assertThat(Desk.grafted(desk.pass(Duration.ofSeconds(30)))).isEmpty();
        assertThat(Desk.grafted(desk.pass(Duration.ofSeconds(2)))).containsExactly(Desk.peer(0));
    }

    @ParameterizedTest
    @CsvSource({"0, 60", "2147483647, 3600", "7200, 3600", "5, 5"})
    void aBackoffIsClamped(long said, long kept) {
        Desk desk = Desk.standard().subscribed().subscribers(0, 1, Desk.INBOUND);
        desk.prune(0, Duration.ofSeconds(said));
        desk.now = desk.now.plusSeconds(kept - 1);
        assertThat(desk.router.isBackedOff(TOPIC, Desk.peer(0), desk.now)).isTrue();
        desk.now = desk.now.plusSeconds(1);
        assertThat(desk.router.isBackedOff(TOPIC, Desk.peer(0), desk.now)).isFalse();
    }

    @Test
    void whoGraftsWithinTheBackoffIsRefusedAndPunished() {
        Desk desk = Desk.standard().subscribed().subscribers(0, 1, Desk.INBOUND);
        desk.prune(0, Duration.ofSeconds(60));
        for (int i = 0; i < 5; i++) {
            List<Control.Prune> refusals = Desk.prunes(0, desk.graft(0));
            assertThat(refusals).hasSize(1);
            assertThat(refusals.getFirst().exchange()).isEmpty();
        }
        assertThat(desk.score(0)).isEqualTo(-90);
        assertThat(desk.router.mesh(TOPIC)).isEmpty();
    }

    @Test
    void leavingPrunesWithAShortBackoffAndIsToldToAll() {
        Desk desk = Desk.standard().subscribers(0, 8, Desk.INBOUND).subscribed();
        List<Effect> effects = desk.router.unsubscribe(TOPIC, desk.now);
        for (int i = 0; i < 8; i++) {
            assertThat(Desk.sentTo(i, effects))
                    .flatExtracting(Rpc::subscriptions)
                    .containsExactly(new Subscription(false, TOPIC));
        }
        assertThat(effects.stream().filter(e -> e.toString().contains("PT10S"))).hasSize(6);
        assertThat(desk.router.topics()).isEmpty();
    }

    @Test
    void aGraftForAnUnknownTopicIsPassedOver() {
        Desk desk = Desk.standard().subscribers(0, 1, Desk.INBOUND);
        assertThat(desk.graft(0)).isEmpty();
    }

    @Test
    void whoUnsubscribesOrDisconnectsLeavesTheMesh() {
        Desk desk = Desk.standard().subscribed().subscribers(0, 2, Desk.INBOUND);
        desk.graft(0);
        desk.graft(1);
        desk.receive(0, Rpc.of(new Subscription(false, TOPIC)));
        assertThat(desk.router.mesh(TOPIC)).containsExactly(Desk.peer(1));
        desk.router.disconnected(Desk.peer(1), desk.now);
        assertThat(desk.router.mesh(TOPIC)).isEmpty();
    }

    @Test
    void aPeerWithANegativeScoreIsPutOutAndNotTakenIn() {
        Desk desk = Desk.standard().subscribed().subscribers(0, 2, Desk.INBOUND);
        desk.graft(0);
        desk.router.rate(Desk.peer(0), -1);
        desk.router.rate(Desk.peer(1), -1);
        assertThat(Desk.prunes(0, desk.pass(Duration.ofSeconds(1)))).hasSize(1);
        assertThat(Desk.prunes(1, desk.graft(1))).hasSize(1);
        desk.pass(Duration.ofMinutes(2));
        assertThat(desk.router.mesh(TOPIC)).isEmpty();
    }

    @Test
    void offeredPeersAreConnectedToOnlyWhenAGoodPeerOffersThem() {
        Desk desk = Desk.standard().subscribed().subscribers(0, 2, Desk.INBOUND);
        var candidate = new Control.Candidate(Desk.peer(9).multihash(), Bytes.empty());
        assertThat(desk.prune(0, Duration.ZERO, candidate)).isEmpty();
        desk.router.rate(Desk.peer(1), 10);
        assertThat(desk.prune(1, Duration.ZERO, candidate))
                .containsExactly(new Effect.Exchange(Desk.peer(1), List.of(candidate)));
    }

    @Test
    void aWeakMeshTakesBetterPeersInAfterAMinute() {
        Desk desk = Desk.standard().subscribers(0, 6, Desk.INBOUND).subscribed();
        desk.subscribers(6, 12, Desk.INBOUND);
        for (int i = 6; i < 12; i++) {
            desk.router.rate(Desk.peer(i), 5);
        }
        desk.pass(Duration.ofSeconds(59));
        assertThat(desk.router.mesh(TOPIC)).hasSize(6);
        desk.pass(Duration.ofSeconds(1));
        assertThat(desk.router.mesh(TOPIC)).hasSize(8);
    }

    @Test
    void aPeerThatIsNotConnectedChangesNothing() {
        Desk desk = Desk.standard().subscribed();
        assertThat(desk.graft(0)).isEmpty();
        assertThat(desk.router.mesh(TOPIC)).isEmpty();
    }
}
