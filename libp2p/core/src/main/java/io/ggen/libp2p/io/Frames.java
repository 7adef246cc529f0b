package io.ggen.libp2p.io;

import io.ggen.base.Bytes;
import io.ggen.base.Varint;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Messages in a pipe, each after its length as an unsigned varint. Stateless. */
public final class Frames {
    private Frames() {}

    /** Reads exactly {@code length} bytes; throws CONNECTION_CLOSED when the pipe ends before. */
    public static Bytes readExactly(Duplex pipe, int length) {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (pipe.read(buffer) < 0) {
                throw new Libp2pException(
                        Code.CONNECTION_CLOSED,
                        "the other side ended after "
                                + buffer.position()
                                + " of "
                                + length
                                + " bytes");
            }
        }
        return Bytes.wrap(buffer.array());
    }

    /**
     * Reads one message of at most {@code most} bytes; empty when the pipe ends before its length.
     *
     * <p>Nothing is allocated before the length was checked.
     */
    public static Optional<Bytes> read(Duplex pipe, int most) {
        long length = readLength(pipe);
        if (length < 0) {
            return Optional.empty();
        }
        if (length > most) {
            throw new Libp2pException(
                    Code.PROTOCOL_VIOLATION,
                    "a message of " + length + " bytes, at most " + most + " are taken");
        }
        return Optional.of(readExactly(pipe, (int) length));
    }

    /** Reads the length of the next message; -1 when the pipe ends before it. */
    public static long readLength(Duplex pipe) {
        ByteBuffer one = ByteBuffer.allocate(1);
        long length = 0;
        for (int i = 0; i < Varint.MAX_LENGTH; i++) {
            one.clear();
            if (pipe.read(one) < 0) {
                if (i == 0) {
                    return -1;
                }
                throw new Libp2pException(
                        Code.CONNECTION_CLOSED, "the other side ended within a length");
            }
            byte group = one.get(0);
            length |= (group & 0x7fL) << (7 * i);
            if (group >= 0) {
                if (group == 0 && i > 0) {
                    throw new Libp2pException(
                            Code.MALFORMED, "a length is not in its shortest form");
                }
                return length;
            }
        }
        throw new Libp2pException(Code.MALFORMED, "a length is longer than 9 bytes");
    }

    /** Writes one message after its length, and flushes. */
    public static void write(Duplex pipe, Bytes message) {
        pipe.write(Varint.encode(message.length()).concat(message).buffer());
        pipe.flush();
    }
}
