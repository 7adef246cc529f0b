package io.ggen.libp2p.muxer;

/** A connection that carries streams. Thread-safe. */
public interface MuxedConnection extends AutoCloseable {
    /**
     * Opens a stream; sends nothing before its first write or flush where the muxer allows. Blocks
     * while the other side leaves too many streams unanswered.
     *
     * @throws io.ggen.libp2p.Libp2pException LIMIT_EXCEEDED beyond the streams allowed,
     *     CONNECTION_CLOSED
     */
    MuxedStream open();

    /**
     * Waits for a stream that the other side opens; throws CONNECTION_CLOSED when the connection
     * ends.
     */
    MuxedStream accept();

    /** Returns the number of live streams of both directions. */
    int streams();

    /** Returns whether the connection has ended. */
    boolean isClosed();

    /** Tells the other side and ends all streams. Never throws. */
    @Override
    void close();
}
