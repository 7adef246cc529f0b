package io.ggen.testkit;

import io.ggen.base.Bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Makes values from a source of randomness: the same source state gives the same value.
 *
 * @param <T> the type of the values
 */
@FunctionalInterface
public interface Gen<T> {
    /** Draws one value. */
    T next(RandomGenerator random);

    /** Returns whole numbers from {@code low} to {@code high}, both included. */
    static Gen<Integer> ints(int low, int high) {
        return random -> (int) random.nextLong(low, high + 1L);
    }

    /** Returns long numbers of every magnitude, the ends of the range among them. */
    static Gen<Long> longs() {
        return random -> {
            long value = random.nextLong() >> random.nextInt(64);
            return random.nextInt(20) == 0 ? Long.MAX_VALUE - (value & 1) : value;
        };
    }

    /** Returns true as often as false. */
    static Gen<Boolean> booleans() {
        return RandomGenerator::nextBoolean;
    }

    /** Returns one of {@code values}, each as likely. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> Gen<T> of(T... values) {
        List<T> copy = List.of(values);
        return random -> copy.get(random.nextInt(copy.size()));
    }

    /** Returns a value of one of {@code gens}, each as likely. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> Gen<T> anyOf(Gen<? extends T>... gens) {
        List<Gen<? extends T>> copy = List.of(gens);
        return random -> copy.get(random.nextInt(copy.size())).next(random);
    }

    /** Returns strings over the characters of {@code alphabet}, of {@code min} to {@code max}. */
    static Gen<String> strings(String alphabet, int min, int max) {
        return random -> {
            int length = random.nextInt(min, max + 1);
            StringBuilder text = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            return text.toString();
        };
    }

    /** Returns up to {@code max} arbitrary bytes. */
    static Gen<Bytes> bytes(int max) {
        return random -> {
            byte[] array = new byte[random.nextInt(max + 1)];
            random.nextBytes(array);
            return Bytes.wrap(array);
        };
    }

    /** Returns lists of {@code min} to {@code max} values of {@code element}. */
    static <T> Gen<List<T>> lists(Gen<T> element, int min, int max) {
        return random -> {
            int size = random.nextInt(min, max + 1);
            List<T> list = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                list.add(element.next(random));
            }
            return List.copyOf(list);
        };
    }

    /** Returns both values joined. */
    static <A, B, T> Gen<T> zip(Gen<A> first, Gen<B> second, BiFunction<A, B, T> join) {
        return random -> join.apply(first.next(random), second.next(random));
    }

    /** Returns these values changed by {@code change}. */
    default <R> Gen<R> map(Function<? super T, ? extends R> change) {
        return random -> change.apply(next(random));
    }

    /** Returns a value of the generator that {@code choose} picks for one of these. */
    default <R> Gen<R> flatMap(Function<? super T, Gen<R>> choose) {
        return random -> choose.apply(next(random)).next(random);
    }

    /** Returns those of these values that {@code accept} takes; gives up after 1,000 in a row. */
    default Gen<T> filter(Predicate<? super T> accept) {
        return random -> {
            for (int tries = 0; tries < 1_000; tries++) {
                T value = next(random);
                if (accept.test(value)) {
                    return value;
                }
            }
            throw new IllegalStateException("1,000 values in a row were filtered out");
        };
    }
}
