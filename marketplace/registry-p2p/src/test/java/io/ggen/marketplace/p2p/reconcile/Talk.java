package io.ggen.marketplace.p2p.reconcile;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** A whole reconciliation between two views, message by message. */
final class Talk {
    final Reconciliation first;
    final List<Bytes> messages = new ArrayList<>();

    private Talk(Reconciliation first) {
        this.first = first;
    }

    static Talk between(View one, View other, int limit) {
        var talk = new Talk(new Reconciliation(limit, Integer.MAX_VALUE));
        Optional<Bytes> next = Optional.of(talk.first.begin(one));
        while (next.isPresent()) {
            Bytes answer = other.answer(next.get(), limit);
            talk.messages.add(next.get());
            talk.messages.add(answer);
            next = talk.first.next(one, answer);
        }
        return talk;
    }

    /** Returns the bytes of all messages. */
    int bytes() {
        return messages.stream().mapToInt(Bytes::length).sum();
    }

    int roundTrips() {
        return messages.size() / 2;
    }

    /** Returns those of the first {@code count} sample items whose number fits. */
    static Items samples(int count, IntPredicate fits) {
        var items = new Items();
        for (int i = 0; i < count; i++) {
            if (fits.test(i)) {
                items.add(sample(i));
            }
        }
        return items;
    }

    /** Returns a sample item: three have the same time. */
    static Item sample(int number) {
        return new Item(1_700_000_000L + number / 3, Sha256.of(Bytes.utf8("item " + number)));
    }
}
