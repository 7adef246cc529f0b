package io.ggen.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.io.MemoryBudget;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.multistream.Multistream;
import io.ggen.libp2p.muxer.MuxedConnection;
import io.ggen.libp2p.muxer.YamuxMuxer;
import io.ggen.libp2p.muxer.YamuxOptions;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.libp2p.protocol.Ping;
import io.ggen.libp2p.security.NoiseProtocol;
import io.ggen.libp2p.security.Role;
import io.ggen.libp2p.security.SecureChannel;
import io.ggen.libp2p.transport.RawConnection;
import io.ggen.libp2p.transport.TcpTransport;
import io.ggen.multiformats.Multiaddr;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A host over TCP that hostile peers are let loose on, and another peer of it that must not notice.
 */
public final class Victim implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int SPARE_THREADS = 30;
    private static final long SPARE_BYTES = 24 << 20;

    private final Host host;
    private final Host witness;
    private final Connection witnessed;
    private final Path folder;
    private final Footprint before;

    /** Starts both; {@code folder} is for measuring. */
    public Victim(Path folder) throws IOException {
        this(folder, options().limits());
    }

    /** Starts both, the one under attack with {@code limits}. */
    Victim(Path folder, HostLimits limits) throws IOException {
        this.folder = folder;
        host =
                Host.start(
                        options()
                                .limited(limits)
                                .listening(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")));
        Ping.attach(host);
        Identify.attach(host);
        witness = Host.start(options());
        witnessed = witness.dial(host.peerId(), host.addresses());
        Ping.ping(witnessed, LIMIT);
        before = Footprint.take(folder);
    }

    private static HostOptions options() {
        return HostOptions.of(PrivateKey.generate(KeyType.ED25519), InstantSource.system())
                .limited(
                        HostLimits.standard()
                                .within(Duration.ofSeconds(15), Duration.ofSeconds(3)));
    }

    /** Returns the host under attack. */
    public Host host() {
        return host;
    }

    /** Returns a connection to it on which nothing was said yet. */
    public RawConnection dial() {
        return new TcpTransport().dial(host.addresses().getFirst(), LIMIT);
    }

    /** Returns a connection on which Noise was agreed upon. */
    public RawConnection dialForNoise() {
        RawConnection raw = dial();
        Multistream.propose(raw, List.of("/noise"));
        return raw;
    }

    /** Returns a secured connection that speaks Yamux from here on, as a new peer. */
    public SecureChannel secured() {
        return new NoiseProtocol(PrivateKey.generate(KeyType.ED25519))
                .secure(
                        dialForNoise(),
                        Role.INITIATOR,
                        Optional.of(host.peerId()),
                        List.of("/yamux/1.0.0"));
    }

    /** Returns a connection that streams can be opened on, as a new peer without manners. */
    public MuxedConnection muxed() {
        return new YamuxMuxer(
                        new YamuxOptions(
                                10_000, 10_000, 16 << 20, 64L << 20, Duration.ofSeconds(30)))
                .mux(secured(), Role.INITIATOR, MemoryBudget.of(1 << 30));
    }

    /** Checks that the other peer is served as ever. */
    public void assertServes() {
        assertThat(Ping.ping(witnessed, LIMIT)).isLessThan(Duration.ofSeconds(5));
        assertThat(witnessed.isClosed()).isFalse();
    }

    /**
     * Checks that the other peer is served, that a new one can come, and that memory and threads
     * are back where they were once the attackers are gone.
     */
    public void assertUnharmed() throws IOException {
        assertServes();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!takesNewcomers()) {
            assertThat(System.nanoTime()).as("nobody new is let in").isLessThan(end);
        }
        Footprint after = Footprint.take(folder);
        while (host.connections().size() > 1
                || after.threads() > before.threads() + SPARE_THREADS
                || after.heap() > before.heap() + SPARE_BYTES
                || after.direct() > before.direct() + SPARE_BYTES) {
            assertThat(System.nanoTime())
                    .as("%s, was %s, %d connections", after, before, host.connections().size())
                    .isLessThan(end);
            LockSupport.parkNanos(50_000_000);
            after = Footprint.take(folder);
        }
        assertServes();
    }

    private boolean takesNewcomers() {
        try (Host newcomer = Host.start(options())) {
            return !newcomer.dial(host.peerId(), host.addresses()).isClosed();
        } catch (Libp2pException e) {
            return false;
        }
    }

    /** Runs what the victim may end at any moment. */
    public static void attack(Runnable attack) {
        try {
            attack.run();
        } catch (Libp2pException e) {
            System.getLogger(Victim.class.getName())
                    .log(System.Logger.Level.DEBUG, "the attacker was thrown out", e);
        }
    }

    @Override
    public void close() {
        witness.close();
        host.close();
    }
}
