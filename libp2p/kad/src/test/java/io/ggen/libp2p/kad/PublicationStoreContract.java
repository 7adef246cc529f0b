package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What every store of publications does. */
abstract class PublicationStoreContract {
    private static final Instant START = VirtualNetwork.START;
    private static final Place FIRST = Place.ZERO;
    private static final Place LAST = Place.ZERO.last(0);

    /** Returns an empty store. */
    abstract PublicationStore open();

    private static Publication publication(int n) {
        return new Publication(Bytes.utf8("key " + n), Optional.empty());
    }

    @Test
    void listsByPlaceAndByTime() {
        PublicationStore store = open();
        List<Publication> all =
                IntStream.range(0, 50)
                        .mapToObj(PublicationStoreContract::publication)
                        .sorted(Comparator.comparing(Publication::place))
                        .toList();
        all.forEach(each -> store.put(each, START.plusSeconds(all.indexOf(each))));
        assertThat(store.size()).isEqualTo(50);
        assertThat(store.within(FIRST, LAST, 100)).isEqualTo(all);
        assertThat(store.within(all.get(10).place(), LAST, 5)).isEqualTo(all.subList(10, 15));
        assertThat(store.due(START.minusSeconds(1))).isEmpty();
        assertThat(store.due(START.plusSeconds(60))).contains(all.getFirst().place());
        store.reschedule(FIRST, all.get(9).place(), START.plusSeconds(500));
        assertThat(store.due(START.plusSeconds(60))).contains(all.get(10).place());
        store.remove(all.get(10).key());
        assertThat(store.due(START.plusSeconds(60))).contains(all.get(11).place());
    }

    @Test
    void keepsOnePublicationOfAKeyWithItsValue() {
        PublicationStore store = open();
        var value = new Publication(Bytes.utf8("/n/key"), Optional.of(Bytes.utf8("value")));
        store.put(new Publication(value.key(), Optional.of(Bytes.utf8("old"))), START);
        store.put(value, START);
        assertThat(store.within(FIRST, LAST, 10)).containsExactly(value);
    }
}
