package io.ggen.libp2p.io;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One end of a pipe in memory with a bounded buffer for each direction. */
public final class MemoryPipe implements Duplex {
    private static final int CAPACITY = 64 * 1024;

    private final Direction incoming;
    private final Direction outgoing;

    private MemoryPipe(Direction incoming, Direction outgoing) {
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    /** Both ends of one pipe. */
    public record Pair(MemoryPipe left, MemoryPipe right) {}

    /** Makes a new pipe. */
    public static Pair create() {
        var one = new Direction();
        var other = new Direction();
        return new Pair(new MemoryPipe(one, other), new MemoryPipe(other, one));
    }

    @Override
    public int read(ByteBuffer into) {
        return incoming.read(into);
    }

    @Override
    public void write(ByteBuffer from) {
        outgoing.write(from);
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void closeWrite() {
        outgoing.end();
    }

    @Override
    public void close() {
        outgoing.end();
        incoming.abandon();
    }

    private static final class Direction {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final byte[] ring = new byte[CAPACITY];
        private int start;
        private int held;
        private boolean ended;
        private boolean abandoned;

        int read(ByteBuffer into) {
            lock.lock();
            try {
                while (held == 0 && !ended && !abandoned) {
                    changed.awaitUninterruptibly();
                }
                if (abandoned) {
                    throw new Libp2pException(Code.CONNECTION_CLOSED, "this end is closed");
                }
                if (held == 0) {
                    return -1;
                }
                int count = Math.min(Math.min(held, into.remaining()), CAPACITY - start);
                into.put(ring, start, count);
                start = (start + count) % CAPACITY;
                held -= count;
                changed.signalAll();
                return count;
            } finally {
                lock.unlock();
            }
        }

        void write(ByteBuffer from) {
            lock.lock();
            try {
                while (from.hasRemaining()) {
                    while (held == CAPACITY && !ended && !abandoned) {
                        changed.awaitUninterruptibly();
                    }
                    if (ended || abandoned) {
                        throw new Libp2pException(Code.CONNECTION_CLOSED, "the pipe is closed");
                    }
                    int end = (start + held) % CAPACITY;
                    int room = end < start ? start - end : CAPACITY - end;
                    int count = Math.min(Math.min(from.remaining(), CAPACITY - held), room);
                    from.get(ring, end, count);
                    held += count;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        void end() {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void abandon() {
            lock.lock();
            try {
                abandoned = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
