package io.ggen.libp2p.gateway.http;

import io.ggen.libp2p.io.Duplex;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes one message to a pipe. Small pieces of a body are gathered; large ones go out of their own
 * arrays. Confined to one thread.
 */
public final class HttpOutput {
    private static final int GATHERED = 32 * 1024;
    private static final int LARGE = 8 * 1024;

    private final Duplex pipe;
    private final ByteBuffer buffer = ByteBuffer.allocate(GATHERED);

    /** Writes to {@code pipe}. */
    public HttpOutput(Duplex pipe) {
        this.pipe = pipe;
    }

    /** Writes a head: first line, fields, empty line. */
    public void head(String start, Map<String, String> fields) {
        var text = new StringBuilder(start).append("\r\n");
        fields.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        pipe.write(ascii(text.append("\r\n").toString()));
    }

    /** Writes a whole body whose length the head gives. */
    public void body(ByteBuffer bytes) {
        pipe.write(bytes);
    }

    /** Writes the next part of a body that is sent in chunks. */
    public void chunk(ByteBuffer bytes) {
        if (bytes.remaining() > buffer.remaining()) {
            flushChunk();
        }
        if (bytes.remaining() < LARGE) {
            buffer.put(bytes);
            return;
        }
        flushChunk();
        send(bytes);
    }

    private void flushChunk() {
        if (buffer.position() > 0) {
            send(buffer.flip());
            buffer.clear();
        }
    }

    private void send(ByteBuffer bytes) {
        pipe.write(ascii(Integer.toHexString(bytes.remaining()) + "\r\n"));
        pipe.write(bytes);
        pipe.write(ascii("\r\n"));
    }

    /** Ends a body that was sent in chunks. */
    public void lastChunk() {
        flushChunk();
        pipe.write(ascii("0\r\n\r\n"));
    }

    /** Hands everything on. */
    public void flush() {
        pipe.flush();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
