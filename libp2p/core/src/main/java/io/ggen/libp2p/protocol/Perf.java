package io.ggen.libp2p.protocol;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.BufferPool;
import io.ggen.libp2p.io.Frames;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * perf: uploads and downloads as many bytes as asked for.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/perf/perf.md">perf</a>
 */
public final class Perf {
    /** The protocol's id. */
    public static final String PROTOCOL = "/perf/1.0.0";

    private static final int BUFFER = 128 * 1024;
    private static final BufferPool BUFFERS = new BufferPool(BUFFER, 16);
    private static final int FIRST = 512;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private Perf() {}

    /** Lets {@code host} serve measurements. */
    public static void attach(Host host) {
        host.handle(PROTOCOL, Perf::serve);
    }

    private static void serve(Stream stream) {
        stream.timeout(IDLE);
        long wanted = Frames.readExactly(stream, Long.BYTES).buffer().getLong();
        drain(stream);
        send(stream, wanted);
    }

    /** What was moved, and in what time from the first byte sent to the last byte received. */
    public record Measure(long uploaded, long downloaded, Duration elapsed) {}

    /** Uploads and then downloads that many bytes over a new stream of {@code connection}. */
    public static Measure run(Connection connection, long upload, long download) {
        try (Stream stream = connection.open(PROTOCOL)) {
            stream.timeout(IDLE);
            long start = System.nanoTime();
            ask(stream, upload, download);
            stream.closeWrite();
            long received = drain(stream);
            if (received != download) {
                throw new Libp2pException(
                        Code.PROTOCOL_VIOLATION,
                        "perf: " + received + " of " + download + " bytes came");
            }
            return new Measure(upload, received, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Sends what is wanted and the bytes of the upload, beginning in one piece. */
    private static void ask(Stream stream, long upload, long download) {
        int first = Long.compareUnsigned(upload, FIRST) < 0 ? (int) upload : FIRST;
        ByteBuffer piece = ByteBuffer.allocate(Long.BYTES + first).putLong(download);
        stream.write(piece.rewind());
        send(stream, upload - first);
    }

    private static long drain(Stream stream) {
        ByteBuffer buffer = BUFFERS.lend();
        try {
            long total = 0;
            int count = stream.read(buffer);
            while (count >= 0) {
                total += count;
                count = stream.read(buffer.clear());
            }
            return total;
        } finally {
            BUFFERS.giveBack(buffer);
        }
    }

    private static void send(Stream stream, long amount) {
        ByteBuffer buffer = BUFFERS.lend();
        try {
            long left = amount;
            while (Long.compareUnsigned(left, 0) > 0) {
                int piece = Long.compareUnsigned(left, BUFFER) < 0 ? (int) left : BUFFER;
                stream.write(buffer.clear().limit(piece));
                left -= piece;
            }
            stream.flush();
        } finally {
            BUFFERS.giveBack(buffer);
        }
    }
}
