package io.ggen.testkit;

import java.util.SplittableRandom;

/**
 * Checks that something holds for many generated values. A failure names the seed, the round and
 * the value; {@code -Dggen.seed=N} runs with another seed, {@code -Dggen.rounds=N} with more
 * rounds.
 */
public final class Property {
    private static final int DEFAULT_ROUNDS = 200;
    private static final long DEFAULT_SEED = 1;

    private Property() {}

    /**
     * What must hold for a value: it throws when it does not.
     *
     * @param <T> the type of the value
     */
    @FunctionalInterface
    public interface Check<T> {
        /** Throws, usually an AssertionError, when {@code value} breaks the property. */
        void accept(T value) throws Exception;
    }

    /** Checks 200 values. */
    public static <T> void forAll(Gen<T> gen, Check<? super T> check) {
        forAll(gen, DEFAULT_ROUNDS, check);
    }

    /** Checks {@code rounds} values; each round has its own seed, derived from the run's. */
    public static <T> void forAll(Gen<T> gen, int rounds, Check<? super T> check) {
        long seed = seed();
        SplittableRandom source = new SplittableRandom(seed);
        int count = Integer.getInteger("ggen.rounds", rounds);
        for (int round = 0; round < count; round++) {
            T value = gen.next(source.split());
            try {
                check.accept(value);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(failure(seed, round, value, e), e);
            }
        }
    }

    /** Returns the seed of this run, for tests that draw on their own and print it. */
    public static long seed() {
        return Long.getLong("ggen.seed", DEFAULT_SEED);
    }

    private static String failure(long seed, int round, Object value, Throwable cause) {
        return "round %d of seed %d (-Dggen.seed=%d), value <%s>: %s"
                .formatted(round, seed, seed, value, cause);
    }
}
