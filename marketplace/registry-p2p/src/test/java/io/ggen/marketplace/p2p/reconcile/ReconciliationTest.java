package io.ggen.marketplace.p2p.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

final class ReconciliationTest {
    private static final int WIDE = 1 << 20;

    /** Two sides: each item belongs to one or both, some as an extra. */
    private record Sides(View one, View other, Set<Sha256> onlyOne, Set<Sha256> onlyOther) {
        static Sides draw(RandomGenerator random) {
            var sides =
                    new Sides(
                            new View(new Items(), new Items()),
                            new View(new Items(), new Items()),
                            new HashSet<>(),
                            new HashSet<>());
            int count = random.nextInt(random.nextBoolean() ? 60 : 2_500);
            double different = random.nextDouble() * random.nextDouble();
            int times = 1 + random.nextInt(1 + count);
            for (int i = 0; i < count; i++) {
                Item item =
                        new Item(
                                random.nextInt(times),
                                Sha256.of(Bytes.utf8(random.nextLong() + "")));
                sides.put(item, random, random.nextDouble() >= different);
            }
            return sides;
        }

        private void put(Item item, RandomGenerator random, boolean both) {
            boolean first = both || random.nextBoolean();
            boolean second = both || !first;
            if (first && add(one, item, random) && !second) {
                onlyOne.add(item.id());
            }
            if (second && add(other, item, random) && !first) {
                onlyOther.add(item.id());
            }
        }

        private static boolean add(View view, Item item, RandomGenerator random) {
            return (random.nextInt(8) == 0 ? view.extra() : view.items()).add(item);
        }

        @Override
        public String toString() {
            return one.items().size() + " and " + other.items().size() + " items";
        }
    }

    @Test
    void anyTwoSidesLearnExactlyWhatDiffers() {
        Property.forAll(Sides::draw, 100, sides -> check(sides, WIDE));
    }

    @Test
    void messagesStayBelowTheirLimitAndStillAllIsLearned() {
        Property.forAll(Sides::draw, 40, sides -> check(sides, Turn.MIN_LIMIT));
    }

    private static void check(Sides sides, int limit) {
        Talk talk = Talk.between(sides.one(), sides.other(), limit);
        assertThat(talk.first.needed()).isEqualTo(sides.onlyOther());
        assertThat(talk.first.offered()).isEqualTo(sides.onlyOne());
        assertThat(talk.messages).allMatch(message -> message.length() <= limit);
    }

    @Test
    void aHundredRecentOnesOfAHundredThousandCostThreeRoundTripsAndTenKilobytes() {
        Items all = Talk.samples(100_000, i -> true);
        Items old = Talk.samples(99_900, i -> true);
        for (List<Items> pair : List.of(List.of(old, all), List.of(all, old))) {
            Talk talk = Talk.between(View.of(pair.getFirst()), View.of(pair.getLast()), WIDE);
            assertThat(talk.first.needed().size() + talk.first.offered().size()).isEqualTo(100);
            assertThat(talk.roundTrips()).isLessThanOrEqualTo(3);
            assertThat(talk.bytes()).isLessThanOrEqualTo(10_000);
        }
    }

    @Test
    void whoEndsEarlyGoesOnInAnotherReconciliation() {
        View full = View.of(Talk.samples(5_000, i -> true));
        var mine = new Items();
        int talks = 0;
        while (mine.size() < 5_000) {
            Reconciliation talk = talkUpTo(700, View.of(mine), full);
            assertThat(talk.needed().size()).isLessThanOrEqualTo(5_000).isPositive();
            for (int i = 0; i < 5_000; i++) {
                if (talk.needed().contains(Talk.sample(i).id())) {
                    mine.add(Talk.sample(i));
                }
            }
            talks++;
        }
        assertThat(talks).isBetween(5, 12);
    }

    @Test
    void listingEverythingAnswersAnEmptyPeerWithoutHoldingAllOfIt() {
        View full = View.of(Talk.samples(20_000, i -> true));
        Reconciliation talk = talkUpTo(700, full, View.of(new Items()));
        assertThat(talk.offered().size()).isBetween(700, 20_000 / 16 + 1);
        assertThat(talk.isCut()).isTrue();
    }

    private static Reconciliation talkUpTo(int most, View one, View other) {
        var talk = new Reconciliation(Turn.MIN_LIMIT, most);
        Optional<Bytes> next = Optional.of(talk.begin(one));
        while (next.isPresent()) {
            next = talk.next(one, other.answer(next.get(), Turn.MIN_LIMIT));
        }
        return talk;
    }

    @Test
    void itemsMayChangeWithinATalk() {
        Property.forAll(
                Gen.ints(0, 1 << 20),
                20,
                seed -> {
                    Items ours = Talk.samples(3_000, i -> i % 7 != seed % 7);
                    View theirs = View.of(Talk.samples(3_000, i -> i % 5 != seed % 5));
                    var talk = new Reconciliation(WIDE, Integer.MAX_VALUE);
                    Optional<Bytes> next = Optional.of(talk.begin(View.of(ours)));
                    for (int i = 0; next.isPresent(); i++) {
                        ours.add(Talk.sample(3_000 + i));
                        ours.remove(Talk.sample(seed % 3_000));
                        next = talk.next(View.of(ours), theirs.answer(next.get(), WIDE));
                        assertThat(i).isLessThan(50);
                    }
                });
    }
}
