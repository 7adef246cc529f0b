package io.ggen.libp2p.protocol;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * Ping: 32 random bytes there and back.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/ping/ping.md">ping</a>
 */
public final class Ping {
    /** The protocol's id. */
    public static final String PROTOCOL = "/ipfs/ping/1.0.0";

    private static final int LENGTH = 32;
    private static final int PER_PEER = 2;
    private static final Duration IDLE = Duration.ofSeconds(60);

    private Ping() {}

    /** Lets {@code host} answer pings, on two streams of each peer at once. */
    public static void attach(Host host) {
        host.handle(PROTOCOL, PER_PEER, Ping::answer);
    }

    private static void answer(Stream stream) {
        stream.timeout(IDLE);
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
        while (true) {
            buffer.clear();
            while (buffer.hasRemaining()) {
                if (stream.read(buffer) < 0) {
                    return;
                }
            }
            stream.write(buffer.flip());
            stream.flush();
        }
    }

    /**
     * Sends one ping over {@code connection} and waits for it to come back.
     *
     * @return the round trip
     * @throws Libp2pException TIMEOUT after {@code limit}, PROTOCOL_VIOLATION when other bytes come
     *     back
     */
    public static Duration ping(Connection connection, Duration limit) {
        byte[] sent = new byte[LENGTH];
        new SecureRandom().nextBytes(sent);
        try (Stream stream = connection.open(PROTOCOL)) {
            stream.timeout(limit);
            long start = System.nanoTime();
            stream.write(ByteBuffer.wrap(sent));
            stream.flush();
            Bytes received = Frames.readExactly(stream, LENGTH);
            long elapsed = System.nanoTime() - start;
            if (!received.equals(Bytes.wrap(sent))) {
                throw new Libp2pException(Code.PROTOCOL_VIOLATION, "ping: other bytes came back");
            }
            return Duration.ofNanos(elapsed);
        }
    }
}
