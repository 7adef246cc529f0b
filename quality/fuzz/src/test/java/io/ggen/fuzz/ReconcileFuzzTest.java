package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.p2p.reconcile.Item;
import io.ggen.marketplace.p2p.reconcile.Items;
import io.ggen.marketplace.p2p.reconcile.Reconciliation;
import io.ggen.marketplace.p2p.reconcile.View;

class ReconcileFuzzTest {
    private static final int LIMIT = 4_096;
    private static final View VIEW = new View(items(0, 600), items(600, 40));

    private static Items items(int from, int count) {
        var items = new Items();
        for (int i = from; i < from + count; i++) {
            items.add(new Item(i / 3, Sha256.of(Bytes.utf8("item " + i))));
        }
        return items;
    }

    @FuzzTest
    void messagesAreAnsweredWithinTheLimitByWhatTheOtherSideReads(byte[] data) {
        Bytes message = Bytes.of(data);
        Verdict.of(() -> VIEW.answer(message, LIMIT)).ifPresent(ReconcileFuzzTest::check);
        var first = new Reconciliation(LIMIT, 100);
        first.begin(VIEW);
        Verdict.of(() -> first.next(VIEW, message))
                .flatMap(next -> next)
                .ifPresent(ReconcileFuzzTest::check);
    }

    private static void check(Bytes answer) {
        if (answer.length() > LIMIT) {
            throw new AssertionError("an answer of " + answer.length() + " bytes");
        }
        new Reconciliation(LIMIT, 100).next(VIEW, answer);
        VIEW.answer(answer, LIMIT);
    }
}
