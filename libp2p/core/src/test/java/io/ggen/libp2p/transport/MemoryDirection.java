package io.ggen.libp2p.transport;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * One direction of a connection in memory: bytes arrive in order, each after the latency, and not
 * while the network is cut between both ends. Holds at most 256 KiB. Thread-safe.
 */
final class MemoryDirection {
    private static final int CAPACITY = 256 * 1024;

    private final long latency;
    private final BooleanSupplier cut;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Packet> underWay = new ArrayDeque<>();
    private long breaksAfter;
    private int held;
    private boolean ended;
    private boolean abandoned;
    private boolean broken;

    /** Some bytes, or none: the end of the direction. */
    private record Packet(ByteBuffer bytes, boolean last, long due) {}

    /**
     * Makes an open direction.
     *
     * @param latency in nanoseconds
     * @param breaksAfter how many bytes it carries before it breaks
     * @param cut whether the network is cut in between just now
     */
    MemoryDirection(long latency, long breaksAfter, BooleanSupplier cut) {
        this.latency = latency;
        this.breaksAfter = breaksAfter;
        this.cut = cut;
    }

    int read(ByteBuffer into) {
        lock.lock();
        try {
            awaitArrival();
            if (broken || abandoned) {
                throw gone();
            }
            Packet first = underWay.getFirst();
            if (first.last()) {
                return -1;
            }
            int count = Math.min(into.remaining(), first.bytes().remaining());
            into.put(into.position(), first.bytes(), first.bytes().position(), count);
            into.position(into.position() + count);
            first.bytes().position(first.bytes().position() + count);
            if (!first.bytes().hasRemaining()) {
                underWay.removeFirst();
            }
            held -= count;
            changed.signalAll();
            return count;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasArrived() {
        Packet first = underWay.peekFirst();
        return first != null && !cut.getAsBoolean() && first.due() - System.nanoTime() <= 0;
    }

    private void awaitArrival() {
        try {
            while (!broken && !abandoned && !hasArrived()) {
                Packet first = underWay.peekFirst();
                if (first == null || cut.getAsBoolean()) {
                    changed.await();
                } else {
                    changed.awaitNanos(first.due() - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Libp2pException(Code.CONNECTION_CLOSED, "interrupted while reading", e);
        }
    }

    void write(ByteBuffer from) {
        lock.lock();
        try {
            while (from.hasRemaining()) {
                while (held == CAPACITY && isOpen()) {
                    changed.awaitUninterruptibly();
                }
                if (!isOpen()) {
                    throw gone();
                }
                carry(from, Math.min(from.remaining(), CAPACITY - held));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The other side's going away is not seen through a cut. */
    private boolean isOpen() {
        return !broken && !ended && (!abandoned || cut.getAsBoolean());
    }

    private void carry(ByteBuffer from, int count) {
        byte[] bytes = new byte[count];
        from.get(bytes);
        breaksAfter -= count;
        if (breaksAfter < 0) {
            breakDown();
            return;
        }
        underWay.addLast(new Packet(ByteBuffer.wrap(bytes), false, System.nanoTime() + latency));
        held += count;
        changed.signalAll();
    }

    /** Lets both ends fail from now on. */
    void breakDown() {
        locked(() -> broken = true);
    }

    /** Sends the end after all that was written. */
    void end() {
        locked(() -> {
            if (!ended) {
                underWay.addLast(
                        new Packet(ByteBuffer.allocate(0), true, System.nanoTime() + latency));
            }
            ended = true;
        });
    }

    /** The reader has gone. */
    void abandon() {
        locked(() -> abandoned = true);
    }

    /** Lets who waits look again. */
    void wake() {
        locked(() -> {});
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Libp2pException gone() {
        return broken
                ? new Libp2pException(Code.IO, "the connection broke")
                : new Libp2pException(Code.CONNECTION_CLOSED, "the connection is closed");
    }
}
