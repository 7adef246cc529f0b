package io.ggen.libp2p.muxer;

import java.nio.ByteBuffer;

/**
 * The header of a frame: version, type, flags, stream id, length; 12 bytes, big-endian.
 *
 * @param length payload bytes of data, increment of a window update, opaque value of a ping, code
 *     of a go-away; unsigned
 */
record YamuxFrame(int type, int flags, int stream, int length) {
    static final int HEADER = 12;

    static final int DATA = 0;
    static final int WINDOW_UPDATE = 1;
    static final int PING = 2;
    static final int GO_AWAY = 3;

    static final int SYN = 1;
    static final int ACK = 2;
    static final int FIN = 4;
    static final int RST = 8;

    static final int NORMAL = 0;
    static final int PROTOCOL_ERROR = 1;
    static final int INTERNAL_ERROR = 2;

    private static final int FLAGS = SYN | ACK | FIN | RST;

    /** Reads a header; the version must be 0, the type and the flags known. */
    static YamuxFrame read(ByteBuffer from) {
        int version = from.get();
        var frame =
                new YamuxFrame(from.get(), from.getShort() & 0xffff, from.getInt(), from.getInt());
        if (version != 0
                || frame.type < DATA
                || frame.type > GO_AWAY
                || (frame.flags & ~FLAGS) != 0) {
            throw new YamuxViolation(
                    "a frame of version "
                            + version
                            + ", type "
                            + frame.type
                            + ", flags "
                            + frame.flags);
        }
        if (frame.type >= PING && frame.stream != 0) {
            throw new YamuxViolation(
                    "a ping or go-away on stream " + Integer.toUnsignedString(frame.stream));
        }
        return frame;
    }

    void write(ByteBuffer into) {
        into.put((byte) 0).put((byte) type).putShort((short) flags).putInt(stream).putInt(length);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
