package io.ggen.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.DoubleSupplier;

/**
 * Ours and the rival's samples, taken in alternation so that noise meets both.
 *
 * @param ours what we needed
 * @param rival what the rival needed beside it
 */
public record Duel(Samples ours, Samples rival) {
    /** Draws {@code runs} samples of each, ours first, after one of each that does not count. */
    public static Duel alternate(int runs, DoubleSupplier ours, DoubleSupplier rival) {
        double[] mine = new double[runs];
        double[] theirs = new double[runs];
        var _ = ours.getAsDouble();
        var _ = rival.getAsDouble();
        for (int run = 0; run < runs; run++) {
            mine[run] = ours.getAsDouble();
            theirs[run] = rival.getAsDouble();
        }
        return new Duel(Samples.of(mine), Samples.of(theirs));
    }

    /** Returns the seconds that {@code work} takes. */
    public static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Returns the seconds of processor time that {@code work} takes on the calling thread. */
    public static double cpuSeconds(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        work.run();
        return (threads.getCurrentThreadCpuTime() - start) / 1e9;
    }
}
