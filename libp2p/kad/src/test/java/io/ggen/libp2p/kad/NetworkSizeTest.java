package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ggen.base.Bytes;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

final class NetworkSizeTest {
    private final List<KadPeer> all = IntStream.range(0, 1000).mapToObj(Peers::peer).toList();
    private final NetworkSize size = new NetworkSize();

    private void lookUp(String key) {
        Place target = Place.of(Bytes.utf8(key));
        size.found(
                target,
                all.stream()
                        .sorted((a, b) ->
                                target.compareDistances(Place.of(a.id()), Place.of(b.id())))
                        .limit(20)
                        .toList());
    }

    @Test
    void nothingIsKnownBeforeThreeLookups() {
        lookUp("a");
        lookUp("b");
        assertThat(size.radius()).isZero();
        lookUp("c");
        assertThat(size.radius()).isPositive();
    }

    @Test
    void theTwentyNearestOfAThousandTakeUpAFiftiethOfTheSpace() {
        var random = new Random(Property.seed());
        for (int i = 0; i < 50; i++) {
            lookUp("key " + random.nextLong());
        }
        assertThat(size.radius()).as("seed %d", Property.seed()).isCloseTo(0.02, within(0.009));
    }
}
