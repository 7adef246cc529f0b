package io.ggen.libp2p.gossipsub.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multihash;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

final class PeerScoresTest {
    private static final String TOPIC = "t";
    private static final PeerId PEER = peer(0);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private PeerScores scores = new PeerScores(ScoreOptions.standard());

    static PeerId peer(int number) {
        return new PeerId(Multihash.of(Sha256.of(Bytes.utf8("peer " + number))).encode());
    }

    private void pass(Duration time) {
        scores.refresh(now);
        now = now.plus(time);
        scores.refresh(now);
    }

    @Test
    void aStrangerHasNoScoreAndNothingSticksToIt() {
        scores.misbehaved(PEER, 100);
        scores.deliveredInvalid(PEER, TOPIC);
        assertThat(scores.score(PEER)).isZero();
        assertThat(scores.inspect(PEER)).isEmpty();
    }

    @Test
    void p1TimeInTheMeshEarnsUpToItsCap() {
        scores.connected(PEER, "");
        scores.grafted(PEER, TOPIC, now);
        pass(Duration.ofMinutes(30));
        assertThat(scores.score(PEER)).isCloseTo(5, within(0.01));
        pass(Duration.ofHours(5));
        assertThat(scores.score(PEER)).isCloseTo(10, within(0.01));
        scores.pruned(PEER, TOPIC);
        assertThat(scores.score(PEER)).isZero();
    }

    @Test
    void p2FirstDeliveriesEarnUpToTheirCapAndAreForgottenWithinAnHour() {
        scores.connected(PEER, "");
        for (int i = 0; i < 80; i++) {
            scores.deliveredFirst(PEER, TOPIC);
        }
        assertThat(scores.score(PEER)).isEqualTo(50);
        pass(Duration.ofHours(1));
        assertThat(scores.score(PEER)).isCloseTo(0.5, within(0.01));
        pass(Duration.ofHours(1));
        assertThat(scores.score(PEER)).isZero();
    }

    @Test
    void allTopicsTogetherEarnNoMoreThanTheCap() {
        scores.connected(PEER, "");
        for (int i = 0; i < 400; i++) {
            scores.deliveredFirst(PEER, TOPIC + i % 8);
        }
        assertThat(scores.score(PEER)).isEqualTo(100);
    }

    private static PeerScores demanding() {
        var delivery =
                new MeshDelivery(
                        new Counter(-1, 0.9, 20),
                        4,
                        Duration.ofMillis(10),
                        Duration.ofSeconds(10),
                        new Counter(-1, 0.99, 100));
        TopicScoring quiet = TopicScoring.quiet();
        var scoring =
                new TopicScoring(
                        1,
                        new TopicScoring.TimeInMesh(0, Duration.ofSeconds(1), 0),
                        new Counter(0, 0.5, 1),
                        delivery,
                        quiet.invalidMessages());
        return new PeerScores(ScoreOptions.standard().elsewhere(scoring));
    }

    @Test
    void p3ASilentPeerOfTheMeshIsPunishedOnceMessagesAreExpected() {
        scores = demanding();
        scores.connected(PEER, "");
        scores.grafted(PEER, TOPIC, now);
        pass(Duration.ofSeconds(9));
        assertThat(scores.score(PEER)).isZero();
        pass(Duration.ofSeconds(3));
        assertThat(scores.score(PEER)).isEqualTo(-16);
    }

    @Test
    void p3CountsFirstDeliveriesAndTimelyDuplicates() {
        scores = demanding();
        scores.connected(PEER, "");
        scores.grafted(PEER, TOPIC, now);
        pass(Duration.ofSeconds(12));
        scores.deliveredFirst(PEER, TOPIC);
        scores.deliveredAgain(PEER, TOPIC, Duration.ZERO);
        scores.deliveredAgain(PEER, TOPIC, Duration.ofMillis(10));
        scores.deliveredAgain(PEER, TOPIC, Duration.ofMillis(11));
        assertThat(scores.score(PEER)).isEqualTo(-1);
    }

    @Test
    void p3bWhatWasMissingIsRememberedAfterThePeerLeftTheMesh() {
        scores = demanding();
        scores.connected(PEER, "");
        scores.grafted(PEER, TOPIC, now);
        pass(Duration.ofSeconds(12));
        scores.pruned(PEER, TOPIC);
        assertThat(scores.score(PEER)).isEqualTo(-16);
        scores.grafted(PEER, TOPIC, now);
        assertThat(scores.score(PEER)).isEqualTo(-16);
        pass(Duration.ofSeconds(1));
        assertThat(scores.score(PEER)).isCloseTo(-16 * 0.99, within(1e-9));
    }

    @Test
    void aQuietTopicExpectsNothingOfItsMesh() {
        scores.connected(PEER, "");
        scores.grafted(PEER, TOPIC, now);
        pass(Duration.ofDays(1));
        scores.pruned(PEER, TOPIC);
        assertThat(scores.score(PEER)).isZero();
    }

    @Test
    void p4RejectedMessagesCostTheirSquare() {
        scores.connected(PEER, "");
        scores.deliveredInvalid(PEER, TOPIC);
        assertThat(scores.score(PEER)).isEqualTo(-10);
        scores.deliveredInvalid(PEER, TOPIC);
        scores.deliveredInvalid(PEER, TOPIC);
        assertThat(scores.score(PEER)).isEqualTo(-90);
    }

    @Test
    void p5IsWhatTheApplicationSays() {
        scores.connected(PEER, "");
        scores.rate(PEER, -7);
        assertThat(scores.score(PEER)).isEqualTo(-7);
    }

    @Test
    void p6ManyPeersOfOneAddressCostEachOfThem() {
        for (int i = 0; i < 13; i++) {
            scores.connected(peer(i), "192.0.2.1");
        }
        scores.connected(peer(99), "192.0.2.2");
        assertThat(scores.score(peer(0))).isEqualTo(-45);
        assertThat(scores.score(peer(12))).isEqualTo(-45);
        assertThat(scores.score(peer(99))).isZero();
        scores.connected(peer(12), "192.0.2.3");
        assertThat(scores.score(peer(0))).isEqualTo(-20);
    }

    @Test
    void p6PeersWithoutAnAddressThatCountsCostNothing() {
        for (int i = 0; i < 50; i++) {
            scores.connected(peer(i), "");
        }
        assertThat(scores.score(peer(0))).isZero();
    }

    @Test
    void p7MisbehaviourCostsItsSquareBeyondTheThresholdAndIsForgotten() {
        scores.connected(PEER, "");
        scores.misbehaved(PEER, 2);
        assertThat(scores.score(PEER)).isZero();
        scores.misbehaved(PEER, 3);
        assertThat(scores.score(PEER)).isEqualTo(-90);
        pass(Duration.ofMinutes(10));
        assertThat(scores.score(PEER)).isZero();
    }

    @Test
    void noCounterGrowsBeyondItsCapAndTheScoreStaysFinite() {
        scores.connected(PEER, "");
        for (int i = 0; i < 1_000; i++) {
            scores.misbehaved(PEER, Double.MAX_VALUE);
            scores.deliveredInvalid(PEER, TOPIC);
        }
        assertThat(scores.score(PEER)).isFinite();
    }

    @Test
    void comingBackDoesNotWashAPeerClean() {
        scores.connected(PEER, "192.0.2.1");
        scores.deliveredFirst(PEER, TOPIC);
        scores.misbehaved(PEER, 7);
        scores.disconnected(PEER, now);
        pass(Duration.ofMinutes(59));
        scores.connected(PEER, "192.0.2.1");
        assertThat(scores.score(PEER)).isEqualTo(-250);
    }

    @Test
    void aPeerLongGoneIsForgottenAndAGoodOneAtOnce() {
        scores.connected(PEER, "192.0.2.1");
        scores.misbehaved(PEER, 7);
        scores.disconnected(PEER, now);
        scores.connected(peer(1), "192.0.2.1");
        scores.deliveredFirst(peer(1), TOPIC);
        scores.disconnected(peer(1), now);
        assertThat(scores.inspect(peer(1))).isEmpty();
        pass(Duration.ofHours(1));
        assertThat(scores.inspect(PEER)).isEmpty();
    }

    @Test
    void peersThatAreGoneStillCountAtTheirAddressUntilForgotten() {
        for (int i = 0; i < 12; i++) {
            scores.connected(peer(i), "192.0.2.1");
            scores.disconnected(peer(i), now);
        }
        scores.connected(PEER, "192.0.2.1");
        assertThat(scores.score(PEER)).isEqualTo(-20);
        pass(Duration.ofHours(1));
        assertThat(scores.score(PEER)).isZero();
    }

    @Test
    void aSwarmOfPassingPeersIsNotRememberedWithoutBound() {
        for (int i = 0; i < 10_001; i++) {
            scores.connected(peer(i), "");
            scores.disconnected(peer(i), now);
        }
        assertThat(scores.inspect(peer(0))).isEmpty();
        assertThat(scores.inspect(peer(1))).isPresent();
    }

    @Test
    void theReportSaysWhatAScoreIsMadeOf() {
        scores.connected(PEER, "");
        scores.grafted(PEER, TOPIC, now);
        scores.deliveredFirst(PEER, TOPIC);
        scores.deliveredInvalid(PEER, TOPIC);
        scores.misbehaved(PEER, 3);
        scores.rate(PEER, 4);
        PeerReport report = scores.inspect(PEER).orElseThrow();
        assertThat(report)
                .isEqualTo(
                        new PeerReport(
                                1 - 10 + 4 - 10,
                                Map.of(
                                        TOPIC,
                                        new PeerReport.TopicReport(Duration.ZERO, 1, 1, 0, 1)),
                                4,
                                0,
                                -10));
    }

    @Test
    void parametersThatTheSpecificationForbidsAreRefused() {
        assertThatThrownBy(() -> new Thresholds(-10, -5, -20, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Counter(1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Counter(Double.NaN, 0.5, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
