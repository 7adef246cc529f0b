package io.ggen.marketplace.p2p.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

final class ItemsTest {
    private static final Gen<Item> ITEMS =
            random -> {
                byte[] id = new byte[Sha256.LENGTH];
                random.nextBytes(id);
                if (random.nextBoolean()) {
                    java.util.Arrays.fill(id, 0, 31, (byte) -1);
                }
                return new Item(random.nextInt(5), new Sha256(Bytes.wrap(id)));
            };

    @Test
    void itIsASortedSetWithSums() {
        Property.forAll(
                Gen.lists(ITEMS, 0, 1500),
                20,
                drawn -> {
                    var model = new TreeSet<Item>();
                    var items = new Items();
                    for (int i = 0; i < drawn.size(); i++) {
                        assertThat(items.add(drawn.get(i))).isEqualTo(model.add(drawn.get(i)));
                        if (i % 3 == 0) {
                            Item gone = drawn.get(i / 2);
                            assertThat(items.remove(gone)).isEqualTo(model.remove(gone));
                        }
                    }
                    compare(items, new ArrayList<>(model));
                });
    }

    private static void compare(Items items, List<Item> model) {
        assertThat(items.size()).isEqualTo(model.size());
        for (int i = 0; i < model.size(); i++) {
            assertThat(items.get(i)).isEqualTo(model.get(i));
            assertThat(items.rank(Bound.at(model.get(i)))).isEqualTo(i);
        }
        for (int from = 0; from <= model.size(); from += 1 + model.size() / 7) {
            for (int to = from; to <= model.size(); to += 1 + model.size() / 5) {
                Sum naive = new Sum();
                for (Item item : model.subList(from, to)) {
                    naive.add(item.id().bytes().toArray(), 0);
                }
                assertThat(items.sum(from, to).fingerprint(to - from))
                        .isEqualTo(naive.fingerprint(to - from));
            }
        }
    }

    @Test
    void itemsThatComeInTheirOrderFillTheirChunks() {
        Items items = Talk.samples(3_000, i -> i % 3 == 0);
        assertThat(items.size()).isEqualTo(1_000);
        assertThat(items.rank(Bound.END)).isEqualTo(1_000);
        assertThat(items.rank(Bound.START)).isZero();
    }
}
