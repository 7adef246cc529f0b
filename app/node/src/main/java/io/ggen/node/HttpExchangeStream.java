package io.ggen.node;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import javax.net.ssl.SSLSocket;

/**
 * One request of HTTP/1.1 and its answer over a connection of its own. Lines have at most 8 KiB,
 * heads at most 100 lines. For one thread; closing it ends a read of another.
 */
final class HttpExchangeStream implements AutoCloseable {
    private static final int MOST_LINE = 8192;
    private static final int MOST_LINES = 100;
    private static final int CHUNK = 64 * 1024;

    private final Socket socket;
    private final String host;
    private final InputStream in;
    private final OutputStream out;
    private int status;
    private InputStream body = InputStream.nullInputStream();

    private HttpExchangeStream(Socket socket, String host) throws IOException {
        this.socket = socket;
        this.host = host;
        this.in = new BufferedInputStream(socket.getInputStream(), CHUNK);
        this.out = new BufferedOutputStream(socket.getOutputStream(), CHUNK);
    }

    /** Connects; every read ends after {@code patience}. */
    static HttpExchangeStream connect(
            URI url, Optional<Path> certificate, Duration connect, Duration patience)
            throws IOException {
        String name = url.getHost().replaceAll("[\\[\\]]", "");
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(name, url.getPort()), (int) connect.toMillis());
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, patience.toMillis()));
            Socket used =
                    url.getScheme().equals("https") ? secured(socket, name, certificate) : socket;
            return new HttpExchangeStream(used, url.getRawAuthority());
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secured(Socket socket, String name, Optional<Path> certificate)
            throws IOException {
        if (certificate.isEmpty()) {
            throw new IOException("marketplace.p2p.api_certificate is not set here");
        }
        SSLSocket secured =
                (SSLSocket)
                        ApiTls.client(certificate.get())
                                .getSocketFactory()
                                .createSocket(socket, name, socket.getPort(), true);
        secured.startHandshake();
        return secured;
    }

    /** Writes the head of the request. */
    void head(String method, String path, Optional<String> token, Optional<String> type)
            throws IOException {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
        head.append("\r\nConnection: close");
        token.ifPresent(it -> head.append("\r\nAuthorization: Bearer ").append(it));
        if (type.isPresent()) {
            head.append("\r\nTransfer-Encoding: chunked\r\nContent-Type: ").append(type.get());
        }
        out.write(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes the body of the request. */
    void send(ApiClient.Body sent) throws IOException {
        try (OutputStream chunks = new BufferedOutputStream(new Chunks(), CHUNK)) {
            sent.write(chunks);
        }
    }

    private final class Chunks extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > 0) {
                out.write(
                        (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(bytes, from, length);
                out.write('\r');
                out.write('\n');
            }
        }

        @Override
        public void close() throws IOException {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Sends what waits and reads the head of the answer. */
    void receive() throws IOException {
        out.flush();
        String line = line();
        if (!line.matches("HTTP/1\\.1 [2-5]\\d\\d.*")) {
            throw new IOException("no answer of HTTP/1.1");
        }
        status = Integer.parseInt(line.substring(9, 12));
        body = in;
        for (int i = 0; i < MOST_LINES; i++) {
            String header = line().toLowerCase(Locale.ROOT);
            if (header.isEmpty()) {
                return;
            }
            if (header.startsWith("content-length:")) {
                body = new Sized(Long.parseLong(header.substring(15).strip()));
            } else if (header.startsWith("transfer-encoding:") && header.contains("chunked")) {
                body = new Sized(-1);
            }
        }
        throw new IOException("the head of the answer is too long");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ends within the head of the answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
            if (line.length() > MOST_LINE) {
                throw new IOException("a line of the answer is too long");
            }
        }
        return line.toString();
    }

    int status() {
        return status;
    }

    /** Returns the body of the answer. */
    InputStream body() {
        return body;
    }

    /** Returns the body of the answer; closing it closes this. */
    InputStream closingBody() {
        return new FilterInputStream(body) {
            @Override
            public void close() throws IOException {
                HttpExchangeStream.this.close();
            }
        };
    }

    /** A body that ends where its length, or its last chunk, says; ending before is an error. */
    private final class Sized extends InputStream {
        private final boolean chunked;
        private long left;
        private boolean over;

        Sized(long length) {
            chunked = length < 0;
            left = Math.max(0, length);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            if (left == 0 && !nextChunk()) {
                return -1;
            }
            int count = in.read(target, from, (int) Math.min(left, length));
            if (count < 0) {
                throw new EOFException("the answer ends before it is whole");
            }
            left -= count;
            if (chunked && left == 0) {
                line();
            }
            return count;
        }

        private boolean nextChunk() throws IOException {
            if (!chunked || over) {
                return false;
            }
            try {
                left = Long.parseLong(line().strip(), 16);
            } catch (NumberFormatException e) {
                throw new IOException("a chunk of the answer has no length", e);
            }
            over = left == 0;
            return !over;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
