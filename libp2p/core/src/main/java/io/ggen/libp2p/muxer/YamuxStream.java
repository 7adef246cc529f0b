package io.ggen.libp2p.muxer;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One stream. Each direction goes open → ended (FIN), and both to reset by an RST of either side or
 * the end of the connection.
 */
final class YamuxStream implements MuxedStream {
    /**
     * What may come after this side has closed, such as a late answer, before the stream is reset.
     */
    private static final int MAX_DROPPED = 64 * 1024;

    /** What every stream may keep without reserving it, in bytes. */
    private static final int FREE = 4096;

    private static final int LEAST_RESERVED = 16 * 1024;

    private final YamuxConnection connection;
    private final int id;
    private final ReceiveWindow window;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readable = lock.newCondition();
    private final Condition writable = lock.newCondition();
    private final ReceiveQueue received = new ReceiveQueue();
    private long sendWindow = YamuxOptions.INITIAL_WINDOW;
    private int nextFlags;
    private boolean acknowledged;
    private boolean remoteEnded;
    private boolean localEnded;
    private boolean readClosed;
    private boolean endedInOrder;
    private int dropped;
    private long closedAt;
    private @Nullable Libp2pException failure;
    private long timeoutNanos;
    private volatile int grown;

    /** What is reserved for {@link #received} beyond {@link #FREE} and the window's growth. */
    private long reserved;

    private boolean settled;

    /**
     * Makes a stream whose first frame carries {@code firstFlag}: SYN when this side opens it, ACK
     * otherwise.
     */
    YamuxStream(YamuxConnection connection, int id, int firstFlag) {
        this.connection = connection;
        this.id = id;
        this.nextFlags = firstFlag;
        this.acknowledged = firstFlag == YamuxFrame.ACK;
        this.window = new ReceiveWindow(connection.options().maxWindow());
    }

    int id() {
        return id;
    }

    /** Returns how far the receive window has grown; takes no lock, other streams ask for it. */
    int grown() {
        return grown;
    }

    @Override
    public int read(ByteBuffer into) {
        announce();
        int count;
        int increment;
        lock.lock();
        try {
            await(
                    readable,
                    () -> received.isEmpty() && !remoteEnded && failure == null && !readClosed,
                    "reading");
            if (received.isEmpty()) {
                if (!remoteEnded || !endedInOrder) {
                    throwFailure();
                }
                if (readClosed) {
                    throw new Libp2pException(
                            Code.STREAM_RESET, "the stream was closed on this side");
                }
                return -1;
            }
            count = received.take(into);
            increment =
                    remoteEnded
                            ? 0
                            : window.consumed(
                                    count,
                                    connection.now(),
                                    connection.roundTrip(),
                                    connection::grow);
            grown = window.grown();
            settleWhenOver();
        } finally {
            lock.unlock();
        }
        if (increment > 0) {
            connection
                    .output()
                    .frame(new YamuxFrame(YamuxFrame.WINDOW_UPDATE, takeFlags(), id, increment));
        }
        return count;
    }

    @Override
    public boolean hasInput() {
        lock.lock();
        try {
            return !received.isEmpty() || remoteEnded;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(ByteBuffer from) {
        while (from.hasRemaining()) {
            int length = reserve(from.remaining());
            connection.output().data(takeFlags(), id, from, length);
        }
    }

    private int reserve(int wanted) {
        lock.lock();
        try {
            await(writable, () -> sendWindow == 0 && failure == null && !localEnded, "writing");
            throwFailure();
            if (localEnded) {
                throw new Libp2pException(
                        Code.STREAM_RESET, "the stream's write side was closed on this side");
            }
            int length = (int) Math.min(Math.min(wanted, sendWindow), YamuxOptions.BATCH);
            sendWindow -= length;
            return length;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() {
        announce();
    }

    /** Tells the other side of a stream that it does not know yet. */
    private void announce() {
        int flags = takeFlags();
        if (flags != 0) {
            connection.output().frame(new YamuxFrame(YamuxFrame.WINDOW_UPDATE, flags, id, 0));
        }
    }

    private int takeFlags() {
        lock.lock();
        try {
            int flags = failure == null ? nextFlags : 0;
            nextFlags = 0;
            return flags;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void closeWrite() {
        lock.lock();
        try {
            if (localEnded || failure != null) {
                return;
            }
            localEnded = true;
            writable.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            connection
                    .output()
                    .frame(
                            new YamuxFrame(
                                    YamuxFrame.WINDOW_UPDATE, takeFlags() | YamuxFrame.FIN, id, 0));
        } catch (Libp2pException e) {
            connection.fail(e);
        }
        forgetWhenOver();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            readClosed = true;
            closedAt = connection.now();
            received.clear();
            settleWhenOver();
            readable.signalAll();
        } finally {
            lock.unlock();
        }
        closeWrite();
    }

    @Override
    public void reset() {
        reset(new Libp2pException(Code.STREAM_RESET, "the stream was reset on this side"));
    }

    private void reset(Libp2pException reason) {
        if (fail(reason)) {
            connection.forget(this);
            connection.sendReset(id);
        }
    }

    @Override
    public void timeout(Duration limit) {
        lock.lock();
        try {
            timeoutNanos = limit.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a part of a data frame's payload, which is a part of {@code page}, and leaves it to
     * {@link #wake} to tell. Called by the connection's reader alone.
     */
    void onData(ByteBuffer piece, Page page) {
        boolean unwanted;
        boolean crowded = false;
        lock.lock();
        try {
            window.received(piece.remaining());
            if (remoteEnded) {
                throw new YamuxViolation("data on stream " + id + " after its end");
            }
            dropped += readClosed ? piece.remaining() : 0;
            unwanted = dropped > MAX_DROPPED;
            if (!readClosed && failure == null) {
                crowded = !hasRoom(received.held() + piece.remaining());
                if (!crowded) {
                    received.add(piece, page);
                }
            }
        } finally {
            lock.unlock();
        }
        if (unwanted) {
            reset();
        } else if (crowded) {
            reset(
                    new Libp2pException(
                            Code.LIMIT_EXCEEDED,
                            "there is no memory for what the stream receives"));
        }
    }

    /** Reserves what is missing to keep {@code held} bytes, ever larger steps at once. */
    private boolean hasRoom(long held) {
        long missing = held - FREE - grown - reserved;
        if (missing <= 0) {
            return true;
        }
        long step = Math.max(missing, Math.max(LEAST_RESERVED, reserved));
        if (!connection.memory().reserve(step)) {
            return false;
        }
        reserved += step;
        return true;
    }

    /** Gives back what was reserved for a burst that has been read. */
    void tidy() {
        lock.lock();
        try {
            if (received.held() <= FREE) {
                connection.memory().release(reserved);
                reserved = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives everything back once nothing more is to be kept. */
    private void settleWhenOver() {
        if (!settled && received.isEmpty() && (remoteEnded || readClosed || failure != null)) {
            settled = true;
            connection.memory().release(reserved);
            connection.memory().releaseSpare(grown);
            reserved = 0;
        }
    }

    /** Tells who waits for data that some has come. */
    void wake() {
        lock.lock();
        try {
            readable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether this side was done with both directions before {@code time}. */
    boolean wasClosedBefore(long time) {
        lock.lock();
        try {
            return readClosed && closedAt - time < 0;
        } finally {
            lock.unlock();
        }
    }

    void onWindow(int increment) {
        lock.lock();
        try {
            sendWindow =
                    Math.min(sendWindow + Integer.toUnsignedLong(increment), Long.MAX_VALUE >> 1);
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes note of an ACK; returns whether it is the first. */
    boolean onAcknowledged() {
        lock.lock();
        try {
            boolean first = !acknowledged;
            acknowledged = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    void onEnd() {
        lock.lock();
        try {
            remoteEnded = true;
            settleWhenOver();
            forgetWhenOver();
            readable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends both directions with {@code reason}; returns false when they were ended that way before.
     */
    boolean fail(Libp2pException reason) {
        lock.lock();
        try {
            boolean wasEnded = failure != null;
            failure = wasEnded ? failure : reason;
            endedInOrder = false;
            received.clear();
            settleWhenOver();
            readable.signalAll();
            writable.signalAll();
            return !wasEnded;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the stream with its connection: what came in whole before can still be read. */
    void onConnectionEnd(Libp2pException reason) {
        lock.lock();
        try {
            if (remoteEnded && failure == null && !readClosed) {
                failure = reason;
                endedInOrder = true;
                writable.signalAll();
            } else {
                fail(reason);
            }
        } finally {
            lock.unlock();
        }
    }

    private void forgetWhenOver() {
        lock.lock();
        try {
            if (!localEnded || !remoteEnded) {
                return;
            }
        } finally {
            lock.unlock();
        }
        connection.forget(this);
    }

    boolean isUnacknowledged() {
        lock.lock();
        try {
            return !acknowledged;
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() {
        if (failure != null) {
            throw new Libp2pException(
                    failure.code(), String.valueOf(failure.getMessage()), failure);
        }
    }

    private void await(
            Condition condition, java.util.function.BooleanSupplier blocked, String what) {
        long left = timeoutNanos == 0 ? Long.MAX_VALUE : timeoutNanos;
        while (blocked.getAsBoolean()) {
            if (left <= 0) {
                throw new Libp2pException(
                        Code.TIMEOUT,
                        what
                                + " took longer than "
                                + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
                                + " ms");
            }
            try {
                left = condition.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Libp2pException(Code.STREAM_RESET, "interrupted while " + what, e);
            }
        }
    }
}
