package io.ggen.libp2p.muxer;

import java.util.function.LongUnaryOperator;

/**
 * How much the other side may still send on one stream, and by how much to raise that as the
 * application reads. The window doubles when half of it was used up within four round trips, so
 * that it follows the bandwidth-delay product. Pure; confined to its stream's lock.
 */
final class ReceiveWindow {
    private static final int ROUND_TRIPS = 4;

    private final int maximum;
    private int size = YamuxOptions.INITIAL_WINDOW;
    private int granted = YamuxOptions.INITIAL_WINDOW;
    private int consumed;
    private long lastUpdate;
    private boolean updated;

    ReceiveWindow(int maximum) {
        this.maximum = maximum;
    }

    /**
     * Takes note of {@code length} bytes that came in; throws when they are more than was granted.
     */
    void received(int length) {
        if (length > granted) {
            throw new YamuxViolation(length + " bytes where the window has room for " + granted);
        }
        granted -= length;
    }

    /**
     * Takes note of {@code length} bytes that the application has read.
     *
     * @param now a time in nanoseconds
     * @param roundTrip nanoseconds, or 0 when it is not known yet
     * @param allowed by how much of what is wanted the window may grow; asked only when it is to
     * @return the increment to send, or 0 when it is not time yet
     */
    int consumed(int length, long now, long roundTrip, LongUnaryOperator allowed) {
        consumed += length;
        if (consumed < size / 2) {
            return 0;
        }
        int growth = 0;
        if (updated
                && roundTrip > 0
                && now - lastUpdate < ROUND_TRIPS * roundTrip
                && size < maximum) {
            growth = (int) allowed.applyAsLong(Math.min(size, maximum - size));
        }
        int increment = consumed + growth;
        size += growth;
        granted += increment;
        consumed = 0;
        lastUpdate = now;
        updated = true;
        return increment;
    }

    /** Returns how far the window has grown beyond where it began. */
    int grown() {
        return size - YamuxOptions.INITIAL_WINDOW;
    }
}
