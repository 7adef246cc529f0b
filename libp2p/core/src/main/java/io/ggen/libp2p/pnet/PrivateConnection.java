package io.ggen.libp2p.pnet;

import io.ggen.base.Bytes;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.transport.RawConnection;
import io.ggen.multiformats.Multiaddr;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * A raw connection within a private network: each side's first 24 bytes are its nonce, all that
 * follows is XORed with the key stream of key and nonce. One thread may read while another writes.
 */
final class PrivateConnection implements RawConnection {
    private static final int PIECE = 16 * 1024;

    private final RawConnection raw;
    private final PreSharedKey key;
    private final XSalsa20 outgoing;
    private @Nullable XSalsa20 incoming;

    /** Begins after this side's {@code nonce}, which the caller has sent. */
    PrivateConnection(RawConnection raw, PreSharedKey key, Bytes nonce) {
        this.raw = raw;
        this.key = key;
        this.outgoing = new XSalsa20(key.secret(), nonce);
    }

    @Override
    public int read(ByteBuffer into) {
        XSalsa20 stream = incoming;
        if (stream == null) {
            stream = new XSalsa20(key.secret(), Frames.readExactly(raw, XSalsa20.NONCE));
            incoming = stream;
        }
        int start = into.position();
        int count = raw.read(into);
        stream.applyBefore(into, start);
        return count;
    }

    @Override
    public void write(ByteBuffer from) {
        ByteBuffer piece = ByteBuffer.allocate(Math.min(PIECE, from.remaining()));
        while (from.hasRemaining()) {
            int count = Math.min(piece.remaining(), from.remaining());
            piece.put(from.slice(from.position(), count));
            from.position(from.position() + count);
            outgoing.applyBefore(piece, 0);
            raw.write(piece.flip());
            piece.clear();
        }
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

    @Override
    public Multiaddr localAddress() {
        return raw.localAddress();
    }

    @Override
    public Multiaddr remoteAddress() {
        return raw.remoteAddress();
    }
}
