package io.ggen.bench;

import java.nio.file.Path;

/** A benchmark of one or more rows. */
@FunctionalInterface
public interface Bench {
    /** Measures the row {@code id} and prints its lines; blocks until done. */
    void run(String id, Bench.Context context) throws Exception;

    /** What a benchmark is given: where things are, how long it may take, where lines go. */
    interface Context {
        /** Returns whether the row should stay under a minute. */
        boolean quick();

        /** Returns a folder for rivals and generated data, kept between runs. */
        Path cache();

        /** Returns the folder of real data; it may be missing. */
        Path data();

        /** Prints one row at once. */
        void print(Row row);

        /** Says something that is not a figure, on standard error. */
        void say(String message);
    }
}
