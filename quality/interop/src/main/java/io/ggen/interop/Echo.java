package io.ggen.interop;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.host.Stream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Sends back what comes, until the other side ends; and the other side of that. Stateless. */
final class Echo {
    static final String PROTOCOL = "/echo/1.0.0";

    private static final int PIECE = 64 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(60);

    private Echo() {}

    /** Serves one stream. */
    static void serve(Stream stream) {
        stream.timeout(IDLE);
        ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
        while (stream.read(buffer.clear()) >= 0) {
            stream.write(buffer.flip());
            stream.flush();
        }
        stream.closeWrite();
    }

    /**
     * Sends {@code amount} pseudo-random bytes of {@code seed} while reading them back, ends, and
     * compares; throws when other bytes or fewer come.
     */
    static void check(Stream stream, long amount, long seed) {
        stream.timeout(IDLE);
        var sending =
                new FutureTask<>(() -> {
                    send(stream, amount, seed);
                    stream.closeWrite();
                    return true;
                });
        Thread.ofVirtual().name("echo-send").start(sending);
        compare(stream, amount, seed);
        try {
            sending.get();
        } catch (ExecutionException e) {
            throw new Libp2pException(Code.IO, "sending failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Libp2pException(Code.IO, "interrupted", e);
        }
    }

    /** Sends {@code amount} pseudo-random bytes of {@code seed}. */
    static void send(Stream stream, long amount, long seed) {
        var random = new SplittableRandom(seed);
        byte[] piece = new byte[PIECE];
        for (long left = amount; left > 0; left -= PIECE) {
            random.nextBytes(piece);
            stream.write(ByteBuffer.wrap(piece, 0, (int) Math.min(left, PIECE)));
        }
        stream.flush();
    }

    /** Reads to the end and compares with what {@link #send} sends. */
    static void compare(Stream stream, long amount, long seed) {
        var random = new SplittableRandom(seed);
        byte[] expected = new byte[PIECE];
        ByteBuffer got = ByteBuffer.allocate(PIECE);
        long total = 0;
        boolean more = true;
        while (more) {
            got.clear();
            while (got.hasRemaining() && more) {
                more = stream.read(got) >= 0;
            }
            random.nextBytes(expected);
            if (!got.flip().equals(ByteBuffer.wrap(expected, 0, got.limit()))) {
                throw new Libp2pException(Code.MALFORMED, "other bytes came back after " + total);
            }
            total += got.limit();
        }
        if (total != amount) {
            throw new Libp2pException(
                    Code.CONNECTION_CLOSED, total + " of " + amount + " bytes came back");
        }
    }
}
