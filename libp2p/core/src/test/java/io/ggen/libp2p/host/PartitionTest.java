package io.ggen.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.muxer.YamuxMuxer;
import io.ggen.libp2p.muxer.YamuxOptions;
import io.ggen.libp2p.protocol.Ping;
import io.ggen.libp2p.transport.MemoryNetwork;
import io.ggen.libp2p.transport.Weather;
import io.ggen.multiformats.Multiaddr;
import io.ggen.testkit.ManualClock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hosts over a network in memory that loses, breaks and parts them. */
@Timeout(60)
final class PartitionTest {
    private static final Multiaddr ANYWHERE = Multiaddr.parse("/memory/0");

    private final MemoryNetwork network = new MemoryNetwork(42);
    private final ManualClock clock = ManualClock.fixed();
    private final List<Host> hosts = new ArrayList<>();

    @AfterEach
    void stop() {
        hosts.forEach(Host::close);
    }

    private Host start(String name, YamuxOptions yamux) {
        Host host =
                Host.start(
                        HostOptions.of(PrivateKey.generate(KeyType.ED25519), clock)
                                .over(network.node(name))
                                .muxed(new YamuxMuxer(yamux))
                                .limited(impatient())
                                .listening(ANYWHERE));
        hosts.add(host);
        Ping.attach(host);
        return host;
    }

    private Host start(String name) {
        return start(name, YamuxOptions.standard());
    }

    private static HostLimits impatient() {
        return HostLimits.standard().within(Duration.ofMillis(400), Duration.ofSeconds(10));
    }

    private static YamuxOptions attentive() {
        return new YamuxOptions(512, 256, 16 << 20, 64L << 20, Duration.ofSeconds(1));
    }

    @Test
    void hostsTalkInAllWeathersThatLetBytesThrough() {
        network.weather(Weather.calm().slow(Duration.ofMillis(5), Duration.ofMillis(20)));
        Host server = start("server");
        Connection connection = start("client").dial(server.peerId(), server.addresses());
        assertThat(Ping.ping(connection, Duration.ofSeconds(10)))
                .isGreaterThanOrEqualTo(Duration.ofMillis(10));
    }

    /** The host's own addresses may be told of late. */
    private static @Nullable HostEvent ofPeers(BlockingQueue<HostEvent> heard)
            throws InterruptedException {
        HostEvent event = heard.poll(10, TimeUnit.SECONDS);
        return event instanceof HostEvent.AddressesChanged
                ? heard.poll(10, TimeUnit.SECONDS)
                : event;
    }

    @Test
    void aPartitionIsNoticedByKeepAliveAndHealsByDiallingAgain() throws InterruptedException {
        Host server = start("server", attentive());
        Host client = start("client", attentive());
        BlockingQueue<HostEvent> heard = new LinkedBlockingQueue<>();
        client.onEvent(heard::add);
        client.dial(server.peerId(), server.addresses());
        assertThat(ofPeers(heard)).isEqualTo(new HostEvent.PeerConnected(server.peerId()));
        network.partition("server");
        assertThat(ofPeers(heard)).isEqualTo(new HostEvent.PeerDisconnected(server.peerId()));
        assertThatThrownBy(() -> client.dial(server.peerId(), server.addresses()))
                .isInstanceOf(Libp2pException.class)
                .hasMessageContaining("did not answer in time");
        network.heal();
        clock.advance(Duration.ofSeconds(6));
        Connection again = client.dial(server.peerId(), server.addresses());
        assertThat(Ping.ping(again, Duration.ofSeconds(10))).isPositive();
    }

    @Test
    void aShortPartitionLosesNothing() throws InterruptedException {
        Host server = start("server");
        Connection connection = start("client").dial(server.peerId(), server.addresses());
        network.partition("client");
        BlockingQueue<Duration> answer = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> answer.add(Ping.ping(connection, Duration.ofSeconds(20))));
        assertThat(answer.poll(100, TimeUnit.MILLISECONDS)).isNull();
        network.heal();
        assertThat(answer.poll(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(connection.isClosed()).isFalse();
    }

    @Test
    void anAddressThatFailsIsLeftAloneForLongerEachTime() {
        Host server = start("server");
        Host client = start("client");
        network.weather(Weather.calm().refusing(1));
        for (int wait : List.of(5, 10, 20, 40, 80, 160, 300, 300)) {
            assertThatThrownBy(() -> client.dial(server.peerId(), server.addresses()))
                    .hasMessageContaining("refuses");
            clock.advance(Duration.ofSeconds(wait).minusMillis(1));
            assertThatThrownBy(() -> client.dial(server.peerId(), server.addresses()))
                    .hasMessageContaining("left alone for now");
            clock.advance(Duration.ofMillis(1));
        }
        network.weather(Weather.calm());
        assertThat(client.dial(server.peerId(), server.addresses()).isClosed()).isFalse();
    }

    @Test
    void lossyDialsGetThroughInTheEnd() {
        Host server = start("server");
        network.weather(Weather.calm().refusing(0.3).losing(0.3).breaking(0.2));
        for (int i = 0; i < 10; i++) {
            Host client = start("client " + i);
            int tries = 0;
            while (client.connections().isEmpty()) {
                assertThat(tries++).as("dials of client %d, seed 42", i).isLessThan(40);
                try {
                    client.dial(server.peerId(), server.addresses());
                } catch (Libp2pException e) {
                    clock.advance(Duration.ofMinutes(6));
                }
            }
        }
    }
}
