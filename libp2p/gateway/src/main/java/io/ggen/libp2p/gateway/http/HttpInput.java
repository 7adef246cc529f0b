package io.ggen.libp2p.gateway.http;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.io.Duplex;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads one message from a pipe: its head, then its body. Confined to one thread. */
public final class HttpInput {
    private static final int MAX_LINE = 256;

    private final Duplex pipe;
    private final ByteBuffer buffer = ByteBuffer.allocate(HttpHead.MAX_LENGTH).limit(0);

    /** Reads from {@code pipe}. */
    public HttpInput(Duplex pipe) {
        this.pipe = pipe;
    }

    /**
     * Reads a head; empty when the pipe ends before its first byte.
     *
     * @throws HttpException when it is malformed or too long
     */
    public Optional<HttpHead> head() {
        int seen = 0;
        while (true) {
            for (; seen + 4 <= buffer.limit(); seen++) {
                if (buffer.get(seen) == '\r'
                        && buffer.get(seen + 1) == '\n'
                        && buffer.get(seen + 2) == '\r'
                        && buffer.get(seen + 3) == '\n') {
                    byte[] head = new byte[seen + 4];
                    buffer.get(head);
                    return Optional.of(HttpHead.parse(Bytes.wrap(head)));
                }
            }
            if (buffer.limit() == buffer.capacity()) {
                throw new HttpException(431, "a head of more than " + buffer.capacity() + " bytes");
            }
            if (!more()) {
                if (buffer.limit() == 0) {
                    return Optional.empty();
                }
                throw HttpException.bad("the other side ended within a head");
            }
        }
    }

    /** Appends what comes; returns false at the end of the pipe. */
    private boolean more() {
        int limit = buffer.limit();
        int position = buffer.position();
        buffer.limit(buffer.capacity()).position(limit);
        int count = pipe.read(buffer);
        buffer.limit(Math.max(limit, buffer.position())).position(position);
        return count >= 0;
    }

    /**
     * Returns the body of a response with that head: of its length, in chunks, or up to the end of
     * the pipe. Its end is reported as such only where it is complete by that measure.
     *
     * @throws HttpException when the head says two things at once
     */
    public InputStream body(HttpHead head) {
        Optional<String> encoding = head.single("transfer-encoding");
        Optional<String> length = head.single("content-length");
        if (encoding.isPresent()) {
            if (length.isPresent() || !encoding.get().equalsIgnoreCase("chunked")) {
                throw HttpException.bad("a body of two lengths, or of an unknown encoding");
            }
            return new Body(0, true);
        }
        return new Body(length.map(HttpInput::number).orElse(Long.MAX_VALUE), false);
    }

    private static long number(String digits) {
        if (digits.isEmpty()
                || digits.length() > 18
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw HttpException.bad("a length that is no number");
        }
        return Long.parseLong(digits);
    }

    /** A body, as it is cut on the wire. */
    private final class Body extends InputStream {
        private final boolean chunked;
        private long left;
        private boolean begun;
        private boolean ended;

        Body(long left, boolean chunked) {
            this.left = left;
            this.chunked = chunked;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            try {
                if (chunked && left == 0 && !ended) {
                    nextChunk();
                }
                return ended || left == 0 ? -1 : take(into, offset, length);
            } catch (Libp2pException | HttpException e) {
                throw new IOException("a body breaks off: " + e.getMessage(), e);
            }
        }

        private int take(byte[] into, int offset, int length) throws IOException {
            int most = (int) Math.min(length, left);
            int count;
            if (buffer.hasRemaining()) {
                count = Math.min(most, buffer.remaining());
                buffer.get(into, offset, count);
            } else {
                count = pipe.read(ByteBuffer.wrap(into, offset, most));
            }
            if (count < 0) {
                ended = true;
                if (chunked || left != Long.MAX_VALUE) {
                    throw new EOFException("a body ends before its length");
                }
                return -1;
            }
            left -= left == Long.MAX_VALUE ? 0 : count;
            return count;
        }

        private void nextChunk() throws IOException {
            if (begun && !line().isEmpty()) {
                throw HttpException.bad("a chunk that is longer than it says");
            }
            begun = true;
            String size = line().split(";", 2)[0].strip();
            if (size.isEmpty() || size.length() > 8 || !size.chars().allMatch(HttpInput::isHex)) {
                throw HttpException.bad("a chunk without a sound length");
            }
            left = Long.parseLong(size, 16);
            ended = left == 0;
            for (int trailers = 0; ended && !line().isEmpty(); trailers++) {
                if (trailers == HttpHead.MAX_FIELDS) {
                    throw HttpException.bad("too many trailers");
                }
            }
        }

        private String line() throws IOException {
            var text = new StringBuilder();
            while (text.length() < MAX_LINE) {
                if (!buffer.hasRemaining()) {
                    buffer.clear().limit(0);
                    if (!more()) {
                        throw new EOFException("a body ends within a line");
                    }
                }
                char c = (char) (buffer.get() & 0xff);
                if (c == '\n') {
                    if (text.isEmpty() || text.charAt(text.length() - 1) != '\r') {
                        throw HttpException.bad("a line that does not end in CR LF");
                    }
                    return text.substring(0, text.length() - 1);
                }
                text.append(c);
            }
            throw HttpException.bad("a line of a chunk is too long");
        }
    }

    private static boolean isHex(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    /** Returns the text of a short body, for people; {@code most} bytes at most. */
    public String text(HttpHead head, int most) throws IOException {
        return new String(body(head).readNBytes(most), StandardCharsets.UTF_8);
    }
}
