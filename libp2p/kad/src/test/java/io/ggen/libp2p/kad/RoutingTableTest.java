package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

final class RoutingTableTest {
    private static final PeerId SELF = Peers.id(-1);
    private static final Place PLACE = Place.of(SELF);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RoutingTable table = new RoutingTable(SELF, RoutingOptions.standard());

    @Test
    void aPeerIsAskedBeforeItIsAdmitted() {
        KadPeer peer = Peers.peer(1);
        assertThat(Peers.heardOf(table, peer)).containsExactly(peer);
        assertThat(Peers.heardOf(table, peer)).as("asked once").isEmpty();
        assertThat(table.contains(peer.id())).isFalse();
        Peers.answered(table, peer, 0, START);
        assertThat(table.contains(peer.id())).isTrue();
        assertThat(Peers.heardOf(table, peer)).isEmpty();
    }

    @Test
    void aPeerThatDoesNotAnswerIsNotAdmittedAndMayTryAgain() {
        KadPeer peer = Peers.peer(1);
        Peers.heardOf(table, peer);
        table.failed(peer.id());
        assertThat(table.size()).isZero();
        assertThat(Peers.heardOf(table, peer)).containsExactly(peer);
    }

    @Test
    void neverHoldsItself() {
        KadPeer self = new KadPeer(SELF, Peers.peer(1).addresses());
        assertThat(Peers.heardOf(table, self)).isEmpty();
        assertThat(Peers.answered(table, self, 1, START)).isEmpty();
        assertThat(table.failed(SELF)).isEmpty();
        assertThat(table.size()).isZero();
    }

    @Test
    void whoNamesNobodyIsAdmittedOnlyWhileTheTableIsSmall() {
        LongStream.range(0, 20).forEach(n -> Peers.answered(table, Peers.peer(n), 0, START));
        int before = table.size();
        LongStream.range(20, 60).forEach(n -> Peers.answered(table, Peers.peer(n), 0, START));
        assertThat(table.size()).isEqualTo(before).isEqualTo(20);
    }

    @Test
    void anEclipseByAThousandNewcomersMovesNoLivePeer() {
        List<KadPeer> old = farPeers(20, 0);
        old.forEach(peer -> Peers.answered(table, peer, 1, START));
        farPeers(1000, 10_000).forEach(peer -> Peers.answered(table, peer, 20, START));
        assertThat(table.bucket(0)).isEqualTo(old);
    }

    @Test
    void aSilentPeerIsAskedAndKeepsItsPlaceWhenItAnswers() {
        List<KadPeer> old = farPeers(20, 0);
        old.forEach(peer -> Peers.answered(table, peer, 1, START));
        Instant later = START.plus(Duration.ofMinutes(6));
        KadPeer newcomer = farPeers(1, 10_000).getFirst();
        assertThat(Peers.answered(table, newcomer, 1, later)).containsExactly(old.getFirst());
        Peers.answered(table, old.getFirst(), 1, later);
        assertThat(table.bucket(0)).isEqualTo(old);
    }

    @Test
    void aSilentPeerThatDoesNotAnswerLeavesItsPlaceToTheNewcomer() {
        List<KadPeer> old = farPeers(20, 0);
        old.forEach(peer -> Peers.answered(table, peer, 1, START));
        Instant later = START.plus(Duration.ofMinutes(6));
        KadPeer newcomer = farPeers(1, 10_000).getFirst();
        Peers.answered(table, newcomer, 1, later);
        assertThat(table.failed(old.getFirst().id())).containsExactly(newcomer);
        Peers.answered(table, newcomer, 1, later);
        assertThat(table.bucket(0)).doesNotContain(old.getFirst()).endsWith(newcomer);
    }

    @Test
    void aFailedPeerIsNamedToNobodyAndLeavesAfterTheSecondFailure() {
        KadPeer peer = Peers.peer(1);
        Peers.answered(table, peer, 1, START);
        table.failed(peer.id());
        assertThat(table.contains(peer.id())).isTrue();
        assertThat(table.closest(PLACE, 20)).isEmpty();
        table.failed(peer.id());
        assertThat(table.contains(peer.id())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/5.6.%d.1/tcp/1",
                "/ip6/2001:db8:%d::1/tcp/1",
                "/ip6/::ffff:5.6.%d.1/tcp/1"
            })
    void oneNetworkGetsTwoPlacesInABucketAndThreeInAll(String address) {
        List<KadPeer> far = farPeers(10, 0);
        IntStream.range(0, 10)
                .forEach(i -> {
                    KadPeer here = new KadPeer(far.get(i).id(), at(address, i));
                    Peers.answered(table, here, 1, START);
                });
        assertThat(table.size()).isEqualTo(2);
        LongStream.range(0, 200)
                .forEach(n ->
                        Peers.answered(
                                table, new KadPeer(Peers.id(n), at(address, (int) n)), 1, START));
        assertThat(table.size()).isEqualTo(3);
        assertThat(Peers.heardOf(table, new KadPeer(Peers.id(999), at(address, 7)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/127.0.0.%d/tcp/1",
                "/ip4/10.1.1.%d/tcp/1",
                "/ip4/172.16.1.%d/tcp/1",
                "/ip4/192.168.1.%d/tcp/1",
                "/ip4/169.254.1.%d/tcp/1",
                "/ip4/100.64.1.%d/tcp/1",
                "/ip6/fe80::%d/tcp/1",
                "/ip6/fd00::%d/tcp/1",
                "/ip6/::1/tcp/%d",
                "/memory/%d"
            })
    void loopbackAndPrivateNetworksAreExempt(String address) {
        farPeers(10, 0)
                .forEach(peer ->
                        Peers.answered(table, new KadPeer(peer.id(), at(address, 1)), 1, START));
        assertThat(table.size()).isEqualTo(10);
    }

    @Test
    void aPeerCannotMoveIntoACrowdedNetwork() {
        List<KadPeer> far = farPeers(3, 0);
        far.subList(0, 2)
                .forEach(peer ->
                        Peers.answered(
                                table,
                                new KadPeer(peer.id(), at("/ip4/5.6.7.8/tcp/%d", 1)),
                                1,
                                START));
        KadPeer third = far.get(2);
        Peers.answered(table, third, 1, START);
        Peers.answered(table, new KadPeer(third.id(), at("/ip4/5.6.7.9/tcp/%d", 1)), 1, START);
        assertThat(table.bucket(0)).endsWith(third);
        KadPeer moved = new KadPeer(third.id(), at("/ip4/9.9.9.9/tcp/%d", 1));
        Peers.answered(table, moved, 1, START);
        assertThat(table.bucket(0)).endsWith(moved);
    }

    @Test
    void eachBucketIsRefreshedEveryTenMinutes() {
        LongStream.range(0, 500).forEach(n -> Peers.answered(table, Peers.peer(n), 1, START));
        var random = new Random(1);
        assertThat(table.refresh(START, random)).startsWith(SELF.multihash());
        assertThat(table.refresh(START.plusSeconds(599), random)).isEmpty();
        List<Bytes> due = table.refresh(START.plusSeconds(600), random);
        assertThat(due).startsWith(SELF.multihash()).hasSizeBetween(6, 17);
        for (int i = 1; i < due.size(); i++) {
            assertThat(Place.of(due.get(i)).commonPrefix(PLACE)).isEqualTo(i - 1);
        }
        assertThat(table.refresh(START.plusSeconds(601), random)).isEmpty();
    }

    /** One thing that happens to a table. */
    private record Step(KadPeer peer, boolean answers, int named, Duration later) {
        static Step draw(RandomGenerator random) {
            int n = random.nextInt(200);
            String address =
                    n % 3 == 0
                            ? "/ip4/10.0.0." + n + "/tcp/1"
                            : "/ip4/" + (20 + n % 70) + ".7." + n + ".1/tcp/1";
            return new Step(
                    Peers.at(n, address),
                    random.nextInt(5) > 0,
                    random.nextInt(6),
                    Duration.ofSeconds(random.nextInt(20)));
        }
    }

    @Test
    void behavesAsTheNaiveModelWhateverHappens() {
        Property.forAll(
                random -> IntStream.range(0, 600).mapToObj(i -> Step.draw(random)).toList(),
                25,
                RoutingTableTest::compare);
    }

    private static void compare(List<Step> steps) {
        var table = new RoutingTable(SELF, RoutingOptions.standard());
        var model = new NaiveTable(SELF);
        Instant now = START;
        for (Step step : steps) {
            now = now.plus(step.later());
            List<KadPeer> live = model.live();
            if (step.answers()) {
                assertThat(Peers.answered(table, step.peer(), step.named(), now))
                        .isEqualTo(model.answered(step.peer(), step.named(), now));
                assertThat(model.live()).as("no live peer is replaced").containsAll(live);
            } else {
                assertThat(table.failed(step.peer().id())).isEqualTo(model.failed(step.peer()));
            }
        }
        for (int i = 0; i < 20; i++) {
            assertThat(table.bucket(i)).isEqualTo(model.bucket(i)).hasSizeLessThanOrEqualTo(20);
        }
        for (int n = 0; n < 10; n++) {
            assertThat(table.closest(Place.of(Peers.id(n)), 20))
                    .isEqualTo(model.closest(Peers.id(n), 20));
        }
    }

    private static List<Multiaddr> at(String address, int n) {
        return Peers.at(0, address.formatted(n)).addresses();
    }

    /** Returns peers that share no bit with us. */
    private static List<KadPeer> farPeers(int count, long from) {
        return LongStream.iterate(from, n -> n + 1)
                .mapToObj(Peers::peer)
                .filter(peer -> Place.of(peer.id()).commonPrefix(PLACE) == 0)
                .limit(count)
                .toList();
    }
}
