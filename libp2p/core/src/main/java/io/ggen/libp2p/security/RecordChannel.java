package io.ggen.libp2p.security;

import io.ggen.libp2p.io.BufferPool;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.key.PublicKey;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A secure channel of records. What is read is decrypted straight into the reader's buffer where a
 * whole record fits; else the rest of it waits here. One thread may read while another writes.
 */
abstract class RecordChannel implements SecureChannel {
    private final Duplex raw;
    private final Inflow received;
    private final BufferPool pool;
    private final Remote remote;
    private @Nullable ByteBuffer plain;

    /** What the handshake told of the other side. */
    record Remote(PublicKey key, Optional<String> muxer) {}

    /** Reads records of {@code received}; a buffer of {@code pool} has room for the longest. */
    RecordChannel(Duplex raw, Inflow received, BufferPool pool, Remote remote) {
        this.raw = raw;
        this.received = received;
        this.pool = pool;
        this.remote = remote;
    }

    /** Returns how much room it takes to decrypt a record of {@code length} bytes. */
    abstract int room(int length);

    /** Decrypts the record that is there; returns false when the other side ended with it. */
    abstract boolean decrypt(ByteBuffer into);

    @Override
    public PublicKey remoteKey() {
        return remote.key();
    }

    @Override
    public Optional<String> muxer() {
        return remote.muxer();
    }

    @Override
    public int awaitRecord() {
        if (plain != null) {
            return plain.remaining();
        }
        int length = received.awaitRecord();
        return length < 0 ? -1 : room(length);
    }

    @Override
    public boolean hasRecord() {
        return plain != null || received.hasRecord();
    }

    @Override
    public int read(ByteBuffer into) {
        while (true) {
            int room = awaitRecord();
            int count = room < 0 ? -1 : readRecord(into, room);
            if (count != 0 || !into.hasRemaining()) {
                return count;
            }
        }
    }

    @Override
    public int readRecord(ByteBuffer into, int room) {
        ByteBuffer rest = plain;
        if (rest != null) {
            return take(rest, into);
        }
        if (into.remaining() >= room) {
            int before = into.position();
            boolean open = decrypt(into);
            int count = into.position() - before;
            return open || count > 0 ? count : -1;
        }
        ByteBuffer whole = pool.lend();
        boolean open = decrypt(whole);
        if (whole.flip().hasRemaining()) {
            plain = whole;
            return take(whole, into);
        }
        pool.giveBack(whole);
        return open ? 0 : -1;
    }

    private int take(ByteBuffer from, ByteBuffer into) {
        int count = Math.min(from.remaining(), into.remaining());
        into.put(into.position(), from, from.position(), count);
        into.position(into.position() + count);
        from.position(from.position() + count);
        if (!from.hasRemaining()) {
            pool.giveBack(from);
            plain = null;
        }
        return count;
    }

    @Override
    public void flush() {
        raw.flush();
    }

    @Override
    public void closeWrite() {
        raw.closeWrite();
    }

    @Override
    public void close() {
        raw.close();
    }
}
