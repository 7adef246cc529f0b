package io.ggen.simulator.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

final class NetworkTest {
    private static final NetworkOptions PLAIN = new NetworkOptions(1_000_000, 0);

    private final World world = new World(1);

    private Network network(NetworkOptions options) {
        return new Network(world, options, 10);
    }

    @Test
    void aShortMessageTakesHalfARoundTripAndTheTimeToSendIt() {
        var network = network(PLAIN);
        List<Long> arrivals = new ArrayList<>();
        network.pipe(0, 1).send(26, () -> arrivals.add(world.micros()));
        world.run(Duration.ofSeconds(1));
        assertThat(arrivals).containsExactly(network.roundTrip(0, 1) / 2 + 100);
        assertThat(network.sent(0)).isEqualTo(100);
    }

    @Test
    void aNodeSendsToAllTogetherNoMoreThanItsUploadCarries() {
        var network = network(PLAIN);
        List<Long> arrivals = new ArrayList<>();
        IntStream.range(1, 10)
                .forEach(to ->
                        network.pipe(0, to)
                                .send(
                                        100_000,
                                        () ->
                                                arrivals.add(
                                                        world.micros()
                                                                - network.roundTrip(0, to) / 2)));
        world.run(Duration.ofSeconds(10));
        long one = network.sent(0) / 9;
        assertThat(one).isBetween(105_000L, 106_000L);
        assertThat(arrivals)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 9).mapToObj(i -> i * one).toList());
    }

    @Test
    void whateverIsLostNothingOvertakes() {
        Property.forAll(
                random -> random.nextLong(),
                20,
                seed -> {
                    var lossy = new World(seed);
                    var pipe = new Network(lossy, PLAIN.losing(0.3), 2).pipe(0, 1);
                    List<Integer> arrived = new ArrayList<>();
                    for (int i = 0; i < 200; i++) {
                        int number = i;
                        pipe.send(lossy.random().nextInt(5_000), () -> arrived.add(number));
                    }
                    lossy.run(Duration.ofMinutes(10));
                    assertThat(arrived).isEqualTo(IntStream.range(0, 200).boxed().toList());
                });
    }

    @Test
    void aLostPacketComesTwoRoundTripsAndAFifthOfASecondLater() {
        var network = network(PLAIN.losing(0.5));
        long direct = network.roundTrip(0, 1) / 2 + 100;
        List<Long> late = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            long begun = world.micros();
            network.pipe(0, 1).send(26, () -> late.add(world.micros() - begun - direct));
            world.run(Duration.ofMinutes(5));
        }
        long timeout = 2 * network.roundTrip(0, 1) + 200_000;
        assertThat(late).contains(0L, timeout, 3 * timeout).hasSize(100);
    }

    @Test
    void nothingCrossesBetweenIslandsUntilTheyAreJoined() {
        var network = network(PLAIN);
        network.cut(node -> node % 2);
        List<Integer> arrived = new ArrayList<>();
        network.pipe(0, 1).send(10, () -> arrived.add(1));
        network.pipe(0, 2).send(10, () -> arrived.add(2));
        world.run(Duration.ofSeconds(5));
        network.heal();
        network.pipe(0, 3).send(10, () -> arrived.add(3));
        world.run(Duration.ofSeconds(5));
        assertThat(arrived).containsExactly(2, 3);
    }

    @Test
    void whatIsUnderWayToANodeThatEndsIsLost() {
        var network = network(PLAIN);
        List<Integer> arrived = new ArrayList<>();
        network.pipe(0, 1).send(10, () -> arrived.add(1));
        network.setDown(1, true);
        world.run(Duration.ofSeconds(5));
        network.setDown(1, false);
        world.run(Duration.ofSeconds(5));
        assertThat(arrived).isEmpty();
    }

    @Test
    void theRoundTripIsTheSameBothWays() {
        var network = new Network(world, PLAIN, 200);
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 200; j++) {
                assertThat(network.roundTrip(i, j))
                        .isEqualTo(network.roundTrip(j, i))
                        .isBetween(1_000L, 2_000_000L);
            }
        }
    }
}
