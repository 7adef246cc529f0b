package io.ggen.node;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads {@code multipart/form-data} part by part as it comes. Holds 64 KiB whatever is sent; heads
 * of parts have at most 1 KiB. For one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7578">RFC 7578</a>
 */
public final class Multipart {
    private static final int MOST_HEAD = 1024;
    private static final int MOST_BOUNDARY = 70;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;
    private boolean over;
    private boolean last;
    private boolean looked;

    /** Reads parts between lines of {@code boundary}. */
    public Multipart(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        // the first boundary has no line before it
        buffer[0] = '\r';
        buffer[1] = '\n';
        end = 2;
    }

    /**
     * Returns the boundary that a Content-Type names.
     *
     * @throws IllegalArgumentException for any other type, and for no boundary or a bad one
     */
    public static String boundary(String contentType) {
        String prefix = "multipart/form-data; boundary=";
        if (!contentType.startsWith(prefix)) {
            throw new IllegalArgumentException("the body is not " + prefix + "…");
        }
        String boundary = contentType.substring(prefix.length());
        if (!boundary.matches("[A-Za-z0-9'_-]{1," + MOST_BOUNDARY + "}")) {
            throw new IllegalArgumentException("not a boundary of parts: " + boundary.length());
        }
        return boundary;
    }

    /**
     * Returns the body of the next part, which must be called {@code name}; what is left of the one
     * before is passed over.
     *
     * @throws IllegalArgumentException where another part comes, or none
     */
    public InputStream next(String name) throws IOException {
        passOver();
        if (isLast()) {
            throw new IllegalArgumentException("the part `" + name + "` is missing");
        }
        looked = false;
        String head = head();
        if (!head.contains("name=\"" + name + "\"")) {
            throw new IllegalArgumentException("the next part is not `" + name + "`");
        }
        over = false;
        return new Body();
    }

    private void passOver() throws IOException {
        if (!over) {
            new Body().transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Returns whether no part follows. The body of the part before must have been read. */
    public boolean isLast() throws IOException {
        if (!looked) {
            passOver();
            need(2);
            last = buffer[at] == '-' && buffer[at + 1] == '-';
            if (!last && (buffer[at] != '\r' || buffer[at + 1] != '\n')) {
                throw new IllegalArgumentException("a boundary does not end its line");
            }
            at += 2;
            looked = true;
        }
        return last;
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            need(1);
            head.append((char) (buffer[at++] & 0xff));
            if (head.length() > MOST_HEAD) {
                throw new IllegalArgumentException("the head of a part is too long");
            }
        }
        return head.toString();
    }

    private void need(int count) throws IOException {
        while (end - at < count) {
            if (!fill()) {
                throw new EOFException("the body ends within a part");
            }
        }
    }

    private boolean fill() throws IOException {
        if (at > 0) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read > 0;
    }

    /** One part's bytes up to the next boundary. */
    private final class Body extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            while (!over) {
                int found = delimiterFrom(at);
                if (found == at) {
                    need(delimiter.length);
                    at += delimiter.length;
                    over = true;
                } else if (found > at) {
                    int count = Math.min(length, found - at);
                    System.arraycopy(buffer, at, target, from, count);
                    at += count;
                    return count;
                } else if (!fill()) {
                    throw new EOFException("the body ends within a part");
                }
            }
            return -1;
        }

        /**
         * Returns how far bytes are surely not the delimiter: its place, or where it may begin at
         * the end of what is there; -1 where more has to be read first.
         */
        private int delimiterFrom(int from) {
            for (int i = from; i < end; i++) {
                if (buffer[i] == delimiter[0]) {
                    int most = Math.min(delimiter.length, end - i);
                    boolean same = Arrays.equals(buffer, i, i + most, delimiter, 0, most);
                    if (same && most == delimiter.length) {
                        return i;
                    }
                    if (same) {
                        return i > from ? i : -1;
                    }
                }
            }
            return end > from ? end : -1;
        }
    }
}
