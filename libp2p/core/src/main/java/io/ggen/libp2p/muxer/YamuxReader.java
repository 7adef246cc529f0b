package io.ggen.libp2p.muxer;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.security.SecureChannel;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads frames and hands them to their streams. Payloads are read straight into the chunk that the
 * stream keeps, but for what came along with a header. Confined to the connection's reader thread.
 */
final class YamuxReader {
    private static final int MAX_PIECE = YamuxOptions.MAX_FRAME;

    private final SecureChannel channel;
    private final YamuxConnection connection;
    private final ByteBuffer buffer = ByteBuffer.allocate(4096).limit(0);

    YamuxReader(SecureChannel channel, YamuxConnection connection) {
        this.channel = channel;
        this.connection = connection;
    }

    /**
     * Reads until the other side ends the channel or says that it goes away; throws on every
     * violation.
     */
    void run() {
        while (fillHeader()) {
            YamuxFrame frame = YamuxFrame.read(buffer);
            switch (frame.type()) {
                case YamuxFrame.DATA -> data(frame);
                case YamuxFrame.WINDOW_UPDATE -> windowUpdate(frame);
                case YamuxFrame.PING -> connection.onPing(frame);
                default ->
                        throw new Libp2pException(
                                Code.CONNECTION_CLOSED,
                                "the other side goes away with code 0x"
                                        + Integer.toHexString(frame.length()));
            }
        }
    }

    private boolean fillHeader() {
        while (buffer.remaining() < YamuxFrame.HEADER) {
            buffer.compact();
            int count = channel.read(buffer);
            buffer.flip();
            if (count < 0) {
                if (buffer.hasRemaining()) {
                    throw YamuxOutput.closed("the other side ended within a frame");
                }
                return false;
            }
        }
        return true;
    }

    private void data(YamuxFrame frame) {
        long length = Integer.toUnsignedLong(frame.length());
        Optional<YamuxStream> stream = connection.streamOf(frame);
        if (stream.isPresent() && length > connection.options().maxWindow()) {
            throw new YamuxViolation("a data frame of " + length + " bytes");
        }
        while (length > 0) {
            ByteBuffer chunk = connection.chunk((int) Math.min(length, MAX_PIECE));
            length -= chunk.remaining();
            fill(chunk);
            if (stream.isPresent()) {
                stream.get().onData(chunk);
            } else {
                connection.recycle(chunk);
            }
        }
        finish(frame, stream);
    }

    private void fill(ByteBuffer chunk) {
        int start = chunk.position();
        int buffered = Math.min(buffer.remaining(), chunk.remaining());
        chunk.put(chunk.position(), buffer, buffer.position(), buffered);
        chunk.position(chunk.position() + buffered);
        buffer.position(buffer.position() + buffered);
        while (chunk.hasRemaining()) {
            if (channel.read(chunk) < 0) {
                throw YamuxOutput.closed("the other side ended within a frame");
            }
        }
        chunk.position(start);
    }

    private void windowUpdate(YamuxFrame frame) {
        Optional<YamuxStream> stream = connection.streamOf(frame);
        if (stream.isPresent() && !frame.has(YamuxFrame.RST)) {
            stream.get().onWindow(frame.length());
        }
        finish(frame, stream);
    }

    private void finish(YamuxFrame frame, Optional<YamuxStream> stream) {
        if (stream.isEmpty()) {
            return;
        }
        if (frame.has(YamuxFrame.RST)) {
            stream.get()
                    .fail(
                            new Libp2pException(
                                    Code.STREAM_RESET, "the other side reset the stream"));
            connection.forget(stream.get());
        } else if (frame.has(YamuxFrame.FIN)) {
            stream.get().onEnd();
        }
    }
}
