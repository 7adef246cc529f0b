package io.ggen.bench;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.p2p.reconcile.Item;
import io.ggen.marketplace.p2p.reconcile.Items;
import io.ggen.marketplace.p2p.reconcile.Reconciliation;
import io.ggen.marketplace.p2p.reconcile.View;

import java.util.Optional;
import java.util.function.IntPredicate;

/** N8: a hundred records of a hundred thousand are missing on one side, recent or anywhere. */
final class ReconcileBench implements Bench {
    private static final int RECORDS = 100_000;
    private static final int MISSING = 100;
    private static final int LIMIT = 1 << 20;

    @Override
    public void run(String id, Context context) {
        context.say("making twice " + RECORDS + " items");
        View full = view(i -> true);
        View stale = view(i -> i < RECORDS - MISSING);
        View holed = view(i -> i % (RECORDS / MISSING) != 7);
        int runs = context.quick() ? 9 : 25;
        measure(id, "recent", stale, full, runs).forTargets(context, 10_000, 3, 100);
        measure(id, "scattered", holed, full, runs).against(context, 225_000);
    }

    private static View view(IntPredicate isHeld) {
        var items = new Items();
        for (int i = 0; i < RECORDS; i++) {
            if (isHeld.test(i)) {
                items.add(new Item(1_700_000_000L + i * 37L, Sha256.of(Bytes.utf8("r" + i))));
            }
        }
        return View.of(items);
    }

    /** What one side and the other said to each other. */
    private record Talk(int bytes, int roundTrips) {
        static Talk between(View one, View other) {
            var first = new Reconciliation(LIMIT, RECORDS);
            int bytes = 0;
            int roundTrips = 0;
            Optional<Bytes> next = Optional.of(first.begin(one));
            while (next.isPresent()) {
                Bytes answer = other.answer(next.get(), LIMIT);
                bytes += next.get().length() + answer.length();
                roundTrips++;
                next = first.next(one, answer);
            }
            if (first.needed().size() != MISSING) {
                throw new IllegalStateException(first.needed().size() + " were found missing");
            }
            return new Talk(bytes, roundTrips);
        }
    }

    /** The figures of one situation. */
    private record Figures(String id, String what, Talk talk, Samples millis) {
        void forTargets(Context context, double bytes, double roundTrips, double millisLimit) {
            context.print(row("bytes, both ways", "B", Samples.of(talk.bytes())).judgeValue(bytes));
            context.print(
                    row("round trips", "", Samples.of(talk.roundTrips())).judgeValue(roundTrips));
            context.print(row("CPU of both sides", "ms", millis).judgeValue(millisLimit));
        }

        void against(Context context, double bytes) {
            context.print(
                    row("bytes, both ways", "B", Samples.of(talk.bytes()))
                            .withTableRival("negentropy", bytes));
            context.print(row("CPU of both sides", "ms", millis));
        }

        private Row row(String figure, String unit, Samples samples) {
            return Row.of(id, what + ": " + figure, unit, Row.Better.LOWER, samples);
        }
    }

    private static Figures measure(String id, String what, View one, View other, int runs) {
        double[] millis = new double[runs];
        for (int run = 0; run < runs; run++) {
            millis[run] = 1e3 * Duel.cpuSeconds(() -> Talk.between(one, other));
        }
        return new Figures(id, what, Talk.between(one, other), Samples.of(millis));
    }
}
