package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerId;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.List;

final class PlaceTest {
    private static final Gen<Place> PLACES =
            random ->
                    new Place(
                            random.nextLong() >>> random.nextInt(63),
                            random.nextLong(),
                            random.nextInt(2),
                            random.nextLong());

    @Test
    void isTheSha256OfThePeerIdsBytes() {
        var peer =
                new PeerId(
                        Bytes.fromHex(
                                "0024080112209e3b433cbd31c2b8a6ebbdca998bd0f4"
                                        + "c2141c9c9af5422e976051b1e63af14d"));
        assertThat(Place.of(peer).bytes().hex())
                .isEqualTo("e43d28f0996557c0d5571d75c62a57a59d7ac1d30a51ecedcdb9d5e4afa56100");
    }

    @Test
    void commonPrefixCountsLeadingBits() {
        var zero = new Place(0, 0, 0, 0);
        assertThat(zero.commonPrefix(zero)).isEqualTo(Place.BITS);
        assertThat(zero.commonPrefix(new Place(-1, 0, 0, 0))).isZero();
        assertThat(zero.commonPrefix(new Place(0, 1, 0, 0))).isEqualTo(127);
        assertThat(zero.commonPrefix(new Place(0, 0, 1L << 62, 0))).isEqualTo(129);
        assertThat(zero.commonPrefix(new Place(0, 0, 0, 1))).isEqualTo(255);
    }

    @Test
    void distancesAreThoseOfUnsignedNumbers() {
        Property.forAll(
                random -> List.of(PLACES.next(random), PLACES.next(random), PLACES.next(random)),
                2000,
                three -> {
                    Place from = three.get(0);
                    Place a = three.get(1);
                    Place b = three.get(2);
                    int order = number(from).xor(number(a)).compareTo(number(from).xor(number(b)));
                    assertThat(Integer.signum(from.compareDistances(a, b))).isEqualTo(order);
                    assertThat(from.commonPrefix(a))
                            .isEqualTo(256 - number(from).xor(number(a)).bitLength());
                    assertThat(from.distance(a)).isEqualTo(a.distance(from));
                    assertThat(number(from.distance(a))).isEqualTo(number(from).xor(number(a)));
                });
    }

    private static BigInteger number(Place place) {
        Bytes bytes = place.bytes();
        return new BigInteger(1, bytes.toArray());
    }
}
