package io.ggen.libp2p.security;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.BufferPool;
import io.ggen.libp2p.io.Duplex;

import java.nio.ByteBuffer;

/**
 * The transport phase of Noise: frames of a 2-byte length and at most 65,535 bytes of ciphertext.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/noise/README.md#wire-format">Noise,
 *     wire format</a>
 */
final class NoiseChannel extends RecordChannel {
    /** Room for two of the largest frames and a little more. */
    static final int BUFFER = 132 * 1024;

    private static final int MAX_PLAIN = 65_535 - NoiseCipher.TAG;
    private static final int LENGTH = 2;
    private static final int OVERHEAD = LENGTH + NoiseCipher.TAG;

    private final Duplex raw;
    private final Ciphers ciphers;
    private final BufferPool pool;
    private final Inflow received;

    NoiseChannel(Duplex raw, Remote remote, Ciphers ciphers, BufferPool pool) {
        this(raw, remote, ciphers, pool, new Inflow(raw, pool, new FrameLength()));
    }

    private NoiseChannel(
            Duplex raw, Remote remote, Ciphers ciphers, BufferPool pool, Inflow received) {
        super(raw, received, pool, remote);
        this.raw = raw;
        this.ciphers = ciphers;
        this.pool = pool;
        this.received = received;
    }

    /** The cipher of each direction. */
    record Ciphers(NoiseCipher sending, NoiseCipher receiving) {}

    private static final class FrameLength implements Inflow.Framing {
        @Override
        public int header() {
            return LENGTH;
        }

        @Override
        public int length(ByteBuffer buffer) {
            int length = buffer.getShort(buffer.position()) & 0xffff;
            if (length < NoiseCipher.TAG) {
                throw new Libp2pException(
                        Code.MALFORMED, "noise: a frame of " + length + " bytes is too short");
            }
            return LENGTH + length;
        }
    }

    @Override
    int room(int length) {
        return length - OVERHEAD;
    }

    @Override
    boolean decrypt(ByteBuffer into) {
        ByteBuffer buffer = received.buffer();
        int length = buffer.getShort() & 0xffff;
        ByteBuffer frame = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        ciphers.receiving.decrypt(frame, Bytes.empty(), into);
        return true;
    }

    /** Several frames go out at a time. */
    @Override
    public void write(ByteBuffer from) {
        ByteBuffer sealed = pool.lend();
        try {
            while (from.hasRemaining()) {
                sealed.clear();
                int count = Math.min(from.remaining(), MAX_PLAIN);
                while (count > 0 && sealed.remaining() >= count + OVERHEAD) {
                    encrypt(from, count, sealed);
                    count = Math.min(from.remaining(), MAX_PLAIN);
                }
                raw.write(sealed.flip());
            }
        } finally {
            pool.giveBack(sealed);
        }
    }

    private void encrypt(ByteBuffer from, int count, ByteBuffer sealed) {
        ByteBuffer piece = from.slice(from.position(), count);
        from.position(from.position() + count);
        sealed.putShort((short) (count + NoiseCipher.TAG));
        ciphers.sending.encrypt(piece, Bytes.empty(), sealed);
    }
}
