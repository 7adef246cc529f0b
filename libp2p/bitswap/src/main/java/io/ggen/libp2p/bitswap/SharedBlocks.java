package io.ggen.libp2p.bitswap;

import io.ggen.base.Bytes;
import io.ggen.content.BlockSink;
import io.ggen.content.BlockSource;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A download's blocks for those who serve them meanwhile: sink and source, often one object made
 * for one thread, are used by one at a time. Thread-safe.
 */
final class SharedBlocks implements BlockSource, BlockSink, AutoCloseable {
    private final BlockSource held;
    private final BlockSink sink;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    SharedBlocks(BlockSource held, BlockSink sink) {
        this.held = held;
        this.sink = sink;
    }

    @Override
    public Optional<Bytes> get(Cid cid) throws IOException {
        lock.lock();
        try {
            return closed ? Optional.empty() : held.get(cid);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean contains(Cid cid) throws IOException {
        lock.lock();
        try {
            return !closed && held.contains(cid);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void put(Cid cid, ByteBuffer block) throws IOException {
        lock.lock();
        try {
            sink.put(cid, block);
        } finally {
            lock.unlock();
        }
    }

    /** Reads no more: the source may be gone once this returns. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
