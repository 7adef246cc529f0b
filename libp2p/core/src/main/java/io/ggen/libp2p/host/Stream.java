package io.ggen.libp2p.host;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.multistream.Multistream;
import io.ggen.libp2p.muxer.MuxedStream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream of one protocol to one peer. One thread may read while another writes. A stream that
 * this side opened with a single protocol sends its proposal along with the first bytes and reads
 * the answer before the first byte that comes back.
 */
public final class Stream implements Duplex {
    private static final Duration CONFIRMATION = Duration.ofSeconds(10);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The most first bytes that are copied to go out with the proposal. */
    private static final int MAX_ALONG = 1024;

    private final MuxedStream muxed;
    private final Connection connection;
    private final String protocol;
    private final Runnable onEnd;
    private final ReentrantLock confirming = new ReentrantLock();
    private final ReentrantLock proposing = new ReentrantLock();
    private volatile boolean unconfirmed;

    /** What is to be sent before anything else. Guarded by {@link #proposing}. */
    private Bytes proposal;

    /** A stream that begins with {@code proposal}, or is agreed on when that is empty. */
    Stream(
            MuxedStream muxed,
            Connection connection,
            String protocol,
            Bytes proposal,
            Runnable onEnd) {
        this.muxed = muxed;
        this.connection = connection;
        this.protocol = protocol;
        this.proposal = proposal;
        this.unconfirmed = proposal.length() > 0;
        this.onEnd = onEnd;
    }

    /** Returns the protocol that both sides speak on this stream. */
    public String protocol() {
        return protocol;
    }

    /** Returns who is at the other end. */
    public PeerId remotePeer() {
        return connection.remotePeer();
    }

    /** Returns the connection that carries this stream. */
    public Connection connection() {
        return connection;
    }

    /**
     * Lets each later read and write fail with TIMEOUT when it blocks for longer than {@code
     * limit}; zero means no limit.
     */
    public void timeout(Duration limit) {
        muxed.timeout(limit);
    }

    @Override
    public int read(ByteBuffer into) {
        confirm();
        return muxed.read(into);
    }

    private void confirm() {
        if (!unconfirmed) {
            return;
        }
        confirming.lock();
        try {
            if (unconfirmed) {
                propose(NOTHING);
                Multistream.confirm(muxed, protocol);
                unconfirmed = false;
            }
        } catch (Libp2pException e) {
            muxed.reset();
            throw e;
        } finally {
            confirming.unlock();
        }
    }

    @Override
    public boolean hasInput() {
        return !unconfirmed && muxed.hasInput();
    }

    @Override
    public void write(ByteBuffer from) {
        if (unconfirmed) {
            propose(from);
        }
        muxed.write(from);
    }

    /**
     * Sends the proposal, unless it went out before, and as much of {@code from} with it as never
     * has to wait for room.
     */
    private void propose(ByteBuffer from) {
        proposing.lock();
        try {
            if (proposal.length() > 0) {
                int count = Math.min(from.remaining(), MAX_ALONG);
                ByteBuffer first = ByteBuffer.allocate(proposal.length() + count);
                first.put(proposal.buffer()).put(from.slice(from.position(), count));
                from.position(from.position() + count);
                proposal = Bytes.empty();
                muxed.write(first.flip());
            }
        } finally {
            proposing.unlock();
        }
    }

    @Override
    public void flush() {
        if (unconfirmed) {
            propose(NOTHING);
        }
        muxed.flush();
    }

    /**
     * Ends this side's direction. Waits for the answer to the proposal when that has not been read
     * yet: js-libp2p loses what comes together with the end of a stream that it is still
     * negotiating.
     */
    @Override
    public void closeWrite() {
        confirm();
        muxed.closeWrite();
    }

    /** Ends both directions at once on both sides. Never throws. */
    public void reset() {
        muxed.reset();
        onEnd.run();
    }

    @Override
    public void close() {
        if (unconfirmed) {
            Thread.ofVirtual().name("stream-close").start(this::closeOnceConfirmed);
        } else {
            muxed.close();
            onEnd.run();
        }
    }

    private void closeOnceConfirmed() {
        muxed.timeout(CONFIRMATION);
        try {
            confirm();
            muxed.close();
        } catch (Libp2pException e) {
            System.getLogger(Stream.class.getName())
                    .log(System.Logger.Level.DEBUG, "closed before the protocol was agreed on", e);
            muxed.reset();
        } finally {
            onEnd.run();
        }
    }
}
