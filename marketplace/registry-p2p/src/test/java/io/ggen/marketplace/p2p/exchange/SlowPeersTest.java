package io.ggen.marketplace.p2p.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.transport.MemoryNetwork;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Peers that take their time: others get their turn all the same. */
@Timeout(60)
final class SlowPeersTest {
    private static final int SEATS = 2;

    private final MemoryNetwork network = new MemoryNetwork(1);
    private final Party victim =
            Party.in(
                            network,
                            "victim",
                            new ExchangeLimits(
                                    32_768,
                                    256,
                                    1_000,
                                    Duration.ofSeconds(1),
                                    Duration.ofMinutes(10),
                                    Duration.ofMinutes(10),
                                    SEATS))
                    .with(1, 40);
    private final List<Host> slow = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void close() {
        over.set(true);
        slow.forEach(Host::close);
        victim.close();
    }

    private Host slow() {
        Host host =
                Host.start(
                        HostOptions.of(PrivateKey.generate(KeyType.ED25519), InstantSource.system())
                                .over(network.node("slow" + slow.size()))
                                .listening(Multiaddr.parse("/memory/0")));
        slow.add(host);
        host.dial(victim.id(), victim.host.addresses());
        return host;
    }

    /** Begins an exchange with a long message, of which a byte comes now and then. */
    private void drip(Host host) {
        try (Stream stream = host.open(victim.id(), CatalogueExchange.PROTOCOL)) {
            stream.write(ByteBuffer.wrap(new byte[] {(byte) 0x80, 0x20}));
            while (!over.get()) {
                stream.write(ByteBuffer.wrap(new byte[] {1}));
                stream.flush();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        } catch (Libp2pException e) {
            assertThat(e.code()).isNotEqualTo(Libp2pException.Code.TIMEOUT);
        }
    }

    @Test
    void whoDripsBytesKeepsNobodyOut() {
        for (int i = 0; i < SEATS; i++) {
            Host host = slow();
            Thread.ofVirtual().start(() -> drip(host));
        }
        while (victim.host.resources().streams() < SEATS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        try (Party honest = Party.in(network, "honest")) {
            honest.connect(victim);
            while (honest.records() < 40) {
                exchange(honest);
            }
            assertThat(honest.records()).isEqualTo(victim.records());
        }
    }

    private void exchange(Party honest) {
        try {
            honest.exchange.exchange(victim.id());
        } catch (Libp2pException e) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
