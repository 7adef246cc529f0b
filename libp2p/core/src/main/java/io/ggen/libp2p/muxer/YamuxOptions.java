package io.ggen.libp2p.muxer;

import java.time.Duration;

/**
 * How a Yamux connection behaves.
 *
 * @param maxStreams live streams of both directions together; rust closes beyond 512
 * @param backlog streams that were opened and not yet accepted, for each side; go resets beyond 256
 * @param maxWindow the largest receive window of one stream, in bytes; windows begin at 256 KiB
 * @param maxBuffered what all receive windows of a connection may hold beyond their first 256 KiB,
 *     in bytes
 * @param keepAlive how often the other side is pinged; it has as long to answer
 */
public record YamuxOptions(
        int maxStreams, int backlog, int maxWindow, long maxBuffered, Duration keepAlive) {
    /** The window that both sides of a stream begin with, in bytes. */
    public static final int INITIAL_WINDOW = 256 * 1024;

    /** The longest frame that is sent, in bytes with its header: what fills one Noise message. */
    static final int MAX_FRAME = 65_535 - 16;

    /** The most payload that is handed to the channel at once, in bytes. */
    static final int BATCH = 128 * 1024;

    /**
     * Returns 512 streams, a backlog of 256, windows up to 16 MiB, 64 MiB in all, and a ping every
     * 30 seconds.
     */
    public static YamuxOptions standard() {
        return new YamuxOptions(512, 256, 16 << 20, 64L << 20, Duration.ofSeconds(30));
    }
}
