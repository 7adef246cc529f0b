package io.ggen.libp2p.security;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.key.PublicKey;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The transport phase of Noise: frames of a 2-byte length and at most 65,535 bytes of ciphertext.
 * What is read is decrypted straight into the reader's buffer where a whole frame fits. One thread
 * may read while another writes.
 */
final class NoiseChannel implements SecureChannel {
    private static final int MAX_SEALED = 65_535;
    private static final int MAX_PLAIN = MAX_SEALED - NoiseCipher.TAG;
    private static final int LENGTH = 2;

    private final Duplex raw;
    private final PublicKey remoteKey;
    private final Optional<String> muxer;
    private final Ciphers ciphers;
    private final ByteBuffer received =
            ByteBuffer.allocateDirect(2 * (LENGTH + MAX_SEALED)).limit(0);
    private final ByteBuffer plain = ByteBuffer.allocateDirect(MAX_SEALED).limit(0);
    private final ByteBuffer sealed = ByteBuffer.allocateDirect(LENGTH + MAX_SEALED);

    NoiseChannel(Duplex raw, PublicKey remoteKey, Optional<String> muxer, Ciphers ciphers) {
        this.raw = raw;
        this.remoteKey = remoteKey;
        this.muxer = muxer;
        this.ciphers = ciphers;
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

    @Override
    public int read(ByteBuffer into) {
        while (!plain.hasRemaining()) {
            int length = fillFrame();
            if (length < 0) {
                return -1;
            }
            ByteBuffer frame = received.slice(received.position(), length);
            received.position(received.position() + length);
            int count = length - NoiseCipher.TAG;
            if (into.remaining() >= count && count > 0) {
                ciphers.receiving.decrypt(frame, Bytes.empty(), into);
                return count;
            }
            ciphers.receiving.decrypt(frame, Bytes.empty(), plain.clear());
            plain.flip();
        }
        int count = Math.min(plain.remaining(), into.remaining());
        into.put(into.position(), plain, plain.position(), count);
        into.position(into.position() + count);
        plain.position(plain.position() + count);
        return count;
    }

    /**
     * Reads until a whole frame is there; returns the length of its ciphertext, or -1 at the end of
     * the connection.
     */
    private int fillFrame() {
        if (!fill(LENGTH)) {
            return -1;
        }
        int length = received.getShort(received.position()) & 0xffff;
        if (length < NoiseCipher.TAG) {
            throw new Libp2pException(
                    Code.MALFORMED, "noise: a frame of " + length + " bytes is too short");
        }
        if (!fill(LENGTH + length)) {
            throw new Libp2pException(
                    Code.CONNECTION_CLOSED, "the other side ended within a frame");
        }
        received.position(received.position() + LENGTH);
        return length;
    }

    private boolean fill(int wanted) {
        while (received.remaining() < wanted) {
            received.compact();
            int count = raw.read(received);
            received.flip();
            if (count < 0) {
                if (received.hasRemaining()) {
                    throw new Libp2pException(
                            Code.CONNECTION_CLOSED, "the other side ended within a frame");
                }
                return false;
            }
        }
        return true;
    }

    @Override
    public void write(ByteBuffer from) {
        while (from.hasRemaining()) {
            int count = Math.min(from.remaining(), MAX_PLAIN);
            ByteBuffer piece = from.slice(from.position(), count);
            from.position(from.position() + count);
            sealed.clear().putShort((short) (count + NoiseCipher.TAG));
            ciphers.sending.encrypt(piece, Bytes.empty(), sealed);
            raw.write(sealed.flip());
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
