package io.ggen.libp2p.gossipsub.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

final class SwarmTest {
    private static final Duration SETTLE = Duration.ofSeconds(10);

    private static Swarm settled(int size, int degree, RouterOptions options, long seed) {
        var swarm = new Swarm(size, options, seed);
        swarm.connectAtRandom(degree);
        swarm.nodes.forEach(Swarm.Node::subscribe);
        swarm.run(SETTLE);
        return swarm;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 20, 50})
    void aMessageReachesEverybodyOnce(int size) {
        long seed = Property.seed() + size;
        var swarm = settled(size, 8, RouterOptions.standard().withoutFloodPublish(), seed);
        List<Bytes> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Swarm.Node author = swarm.nodes.get(i % size);
            sent.add(author.publish("message " + i));
        }
        swarm.run(Duration.ofSeconds(5));
        assertEverybodyHasEverythingOnce(swarm, sent, seed);
    }

    private static void assertEverybodyHasEverythingOnce(Swarm swarm, List<Bytes> sent, long seed) {
        for (Swarm.Node node : swarm.nodes) {
            assertThat(node.delivered).as("seed %d", seed).doesNotHaveDuplicates();
        }
        for (int i = 0; i < sent.size(); i++) {
            Swarm.Node author = swarm.nodes.get(i % swarm.nodes.size());
            for (Swarm.Node node : swarm.nodes) {
                if (node != author) {
                    assertThat(node.delivered).as("seed %d", seed).contains(sent.get(i));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMessageReachesEverybodyThoughAFifthForwardsNothing(boolean floodPublish) {
        long seed = Property.seed();
        RouterOptions options = RouterOptions.standard();
        var swarm = settled(50, 8, floodPublish ? options : options.withoutFloodPublish(), seed);
        swarm.nodes.subList(40, 50).forEach(node -> node.forwards = false);
        List<Bytes> sent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sent.add(swarm.nodes.get(i).publish("message " + i));
            swarm.run(Duration.ofMillis(100));
        }
        swarm.run(Duration.ofSeconds(10));
        assertEverybodyHasEverythingOnce(swarm, sent, seed);
    }

    @Test
    void aLargeMessageIsSentLessOftenWhereItIsNotWanted() {
        long seed = Property.seed();
        var swarm = settled(20, 8, RouterOptions.standard(), seed);
        List<Bytes> sent = List.of(swarm.nodes.getFirst().publish("x".repeat(20_000)));
        swarm.run(Duration.ofSeconds(5));
        assertEverybodyHasEverythingOnce(swarm, sent, seed);
    }

    @Test
    void everyMeshKeepsItsBoundsAfterHeartbeats() {
        long seed = Property.seed();
        var swarm = settled(50, 12, RouterOptions.standard(), seed);
        swarm.run(Duration.ofSeconds(60));
        for (Swarm.Node node : swarm.nodes) {
            assertBounded(node, seed);
            assertThat(node.links).containsAll(node.router.mesh(Swarm.TOPIC));
        }
    }

    private static void assertBounded(Swarm.Node node, long seed) {
        int size = node.router.mesh(Swarm.TOPIC).size();
        assertThat(size)
                .as("mesh of a node with %d peers, seed %d", node.links.size(), seed)
                .isBetween(Math.min(5, node.links.size()), 14);
    }

    @Test
    void bothSidesAgreeOnTheMeshOnceNothingIsUnderWay() {
        long seed = Property.seed();
        var swarm = settled(30, 8, RouterOptions.standard(), seed);
        swarm.run(Duration.ofMinutes(3));
        for (Swarm.Node node : swarm.nodes) {
            for (Swarm.Node other : swarm.nodes) {
                assertThat(node.router.mesh(Swarm.TOPIC).contains(other.id))
                        .as("seed %d", seed)
                        .isEqualTo(other.router.mesh(Swarm.TOPIC).contains(node.id));
            }
        }
    }

    @Test
    void underRandomSchedulesNothingIsDeliveredTwiceAndNoHonestPeerIsPunished() {
        Property.forAll(
                random -> random.nextLong(),
                8,
                seed -> {
                    var swarm = settled(16, 4, RouterOptions.standard(), seed);
                    shake(swarm, new Random(seed));
                    swarm.nodes.forEach(Swarm.Node::subscribe);
                    swarm.run(Duration.ofSeconds(30));
                    List<Bytes> sent = List.of(swarm.nodes.getFirst().publish("the last"));
                    swarm.run(Duration.ofSeconds(10));
                    assertEverybodyHasEverythingOnce(swarm, sent, seed);
                    swarm.nodes.forEach(node -> assertNobodyPunished(swarm, node, seed));
                });
    }

    private static void shake(Swarm swarm, Random random) {
        for (int step = 0; step < 150; step++) {
            Swarm.Node one = swarm.nodes.get(random.nextInt(16));
            Swarm.Node other = swarm.nodes.get(random.nextInt(16));
            switch (random.nextInt(6)) {
                case 0 -> one.unsubscribe();
                case 1 -> one.subscribe();
                case 2 -> swarm.connect(one, other);
                case 3 -> {
                    boolean ring =
                            Math.abs(swarm.nodes.indexOf(one) - swarm.nodes.indexOf(other)) % 14
                                    == 1;
                    if (!ring) {
                        swarm.disconnect(one, other);
                    }
                }
                default -> one.publish("step " + step);
            }
            swarm.run(Duration.ofMillis(random.nextInt(2_000)));
        }
    }

    private static void assertNobodyPunished(Swarm swarm, Swarm.Node node, long seed) {
        for (Swarm.Node other : swarm.nodes) {
            node.router
                    .inspect(other.id)
                    .ifPresent(report ->
                            assertThat(report.score())
                                    .as("seed %d", seed)
                                    .isGreaterThanOrEqualTo(0));
        }
        assertThat(node.other).noneMatch(Effect.Ban.class::isInstance);
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        var one = settled(20, 5, RouterOptions.standard(), 7);
        var other = settled(20, 5, RouterOptions.standard(), 7);
        for (int i = 0; i < 20; i++) {
            one.nodes.get(i).publish("m" + i);
            other.nodes.get(i).publish("m" + i);
        }
        one.run(Duration.ofSeconds(5));
        other.run(Duration.ofSeconds(5));
        for (int i = 0; i < 20; i++) {
            assertThat(one.nodes.get(i).delivered).isEqualTo(other.nodes.get(i).delivered);
            assertThat(one.nodes.get(i).router.mesh(Swarm.TOPIC))
                    .isEqualTo(other.nodes.get(i).router.mesh(Swarm.TOPIC));
        }
    }
}
