package io.ggen.libp2p.security;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.BufferPool;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.key.PublicKey;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The transport phase of Noise: frames of a 2-byte length and at most 65,535 bytes of ciphertext.
 * What is read is decrypted straight into the reader's buffer where a whole frame fits. One thread
 * may read while another writes.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/noise/README.md#wire-format">Noise,
 *     wire format</a>
 */
final class NoiseChannel implements SecureChannel {
    /** Room for two of the largest frames. */
    static final int BUFFER = 2 * (2 + 65_535);

    private static final int MAX_PLAIN = 65_535 - NoiseCipher.TAG;
    private static final int LENGTH = 2;

    private final Duplex raw;
    private final PublicKey remoteKey;
    private final Optional<String> muxer;
    private final Ciphers ciphers;
    private final BufferPool pool;
    private final Inflow received;
    private @Nullable ByteBuffer plain;

    NoiseChannel(
            Duplex raw,
            PublicKey remoteKey,
            Optional<String> muxer,
            Ciphers ciphers,
            BufferPool pool) {
        this.raw = raw;
        this.remoteKey = remoteKey;
        this.muxer = muxer;
        this.ciphers = ciphers;
        this.pool = pool;
        this.received = new Inflow(raw, pool);
    }

    /** The cipher of each direction. */
    record Ciphers(NoiseCipher sending, NoiseCipher receiving) {}

    @Override
    public PublicKey remoteKey() {
        return remoteKey;
    }

    @Override
    public Optional<String> muxer() {
        return muxer;
    }

    /** Frames without content are passed over. */
    @Override
    public int awaitRecord() {
        if (plain != null) {
            return plain.remaining();
        }
        while (true) {
            int length = awaitFrame();
            if (length != NoiseCipher.TAG) {
                return length < 0 ? -1 : length - NoiseCipher.TAG;
            }
            ciphers.receiving.decrypt(frame(length), Bytes.empty(), ByteBuffer.allocate(0));
        }
    }

    @Override
    public boolean hasBuffered() {
        return plain != null || received.buffer().hasRemaining();
    }

    @Override
    public int read(ByteBuffer into) {
        int count = awaitRecord();
        if (count < 0) {
            return -1;
        }
        ByteBuffer rest = plain;
        if (rest != null) {
            return take(rest, into);
        }
        ByteBuffer frame = frame(count + NoiseCipher.TAG);
        if (into.remaining() >= count) {
            ciphers.receiving.decrypt(frame, Bytes.empty(), into);
            return count;
        }
        rest = pool.lend();
        ciphers.receiving.decrypt(frame, Bytes.empty(), rest);
        plain = rest.flip();
        return take(rest, into);
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

    /**
     * Reads until a whole frame is there; returns the length of its ciphertext, or -1 at the end of
     * the connection.
     */
    private int awaitFrame() {
        if (!received.fill(LENGTH)) {
            return -1;
        }
        ByteBuffer buffer = received.buffer();
        int length = buffer.getShort(buffer.position()) & 0xffff;
        if (length < NoiseCipher.TAG) {
            throw new Libp2pException(
                    Code.MALFORMED, "noise: a frame of " + length + " bytes is too short");
        }
        received.fill(LENGTH + length);
        return length;
    }

    /** Takes the frame that is there. */
    private ByteBuffer frame(int length) {
        ByteBuffer buffer = received.buffer();
        ByteBuffer frame = buffer.slice(buffer.position() + LENGTH, length);
        buffer.position(buffer.position() + LENGTH + length);
        return frame;
    }

    @Override
    public void write(ByteBuffer from) {
        ByteBuffer sealed = pool.lend();
        try {
            while (from.hasRemaining()) {
                int count = Math.min(from.remaining(), MAX_PLAIN);
                ByteBuffer piece = from.slice(from.position(), count);
                from.position(from.position() + count);
                sealed.clear().putShort((short) (count + NoiseCipher.TAG));
                ciphers.sending.encrypt(piece, Bytes.empty(), sealed);
                raw.write(sealed.flip());
            }
        } finally {
            pool.giveBack(sealed);
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
}
