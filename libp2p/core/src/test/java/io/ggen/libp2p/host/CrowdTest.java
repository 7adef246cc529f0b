package io.ggen.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protocol.Ping;
import io.ggen.libp2p.transport.RawConnection;
import io.ggen.libp2p.transport.TcpTransport;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Many who connect, over TCP: who was there stays, and who comes honestly gets in. */
@Timeout(120)
final class CrowdTest {
    private static final Multiaddr LOOPBACK = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.now());
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private Host start(HostLimits limits, InstantSource clock) {
        Host host =
                Host.start(
                        HostOptions.of(PrivateKey.generate(KeyType.ED25519), clock)
                                .listening(LOOPBACK)
                                .limited(limits));
        open.add(host);
        Ping.attach(host);
        return host;
    }

    private Host start() {
        return start(HostLimits.standard(), InstantSource.system());
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void connectIdly(Host to, int count) {
        var tcp = new TcpTransport();
        for (int i = 0; i < count; i++) {
            RawConnection raw = tcp.dial(to.addresses().getFirst(), LIMIT);
            open.add(raw);
        }
    }

    @Test
    void whoConnectsAndSaysNothingKeepsNobodyOut() {
        Host server = start();
        connectIdly(server, 200);
        await("handshakes are under way", () -> server.resources().connections() >= 64);
        long begin = System.nanoTime();
        Connection connection = start().dial(server.peerId(), server.addresses());
        assertThat(Ping.ping(connection, LIMIT)).isPositive();
        Host other = start();
        assertThat(Ping.ping(server.dial(other.peerId(), other.addresses()), LIMIT)).isPositive();
        assertThat(System.nanoTime() - begin)
                .as("before those handshakes end of themselves")
                .isLessThan(TimeUnit.SECONDS.toNanos(14));
    }

    @Test
    void oneAddressHasSoManyConnectionsAndNoMore() {
        Host server =
                start(
                        HostLimits.standard().crowded(new Crowding(64, 5, 50, true)),
                        InstantSource.system());
        List<Host> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(start());
            Ping.ping(clients.getLast().dial(server.peerId(), server.addresses()), LIMIT);
        }
        Host late = start();
        assertThatThrownBy(() -> late.dial(server.peerId(), server.addresses()))
                .isInstanceOf(Libp2pException.class);
        clients.getFirst().close();
        await("a place is free", () -> server.connections().size() == 4);
        assertThat(Ping.ping(start().dial(server.peerId(), server.addresses()), LIMIT))
                .isPositive();
    }

    @Test
    void originsAreAddressesAndNetworks() {
        Origin one = Origin.of(Multiaddr.parse("/ip4/198.51.100.7/tcp/1"));
        Origin near = Origin.of(Multiaddr.parse("/ip4/198.51.3.9/tcp/1"));
        assertThat(one.address()).isNotEqualTo(near.address());
        assertThat(one.network()).isEqualTo(near.network());
        assertThat(one.isLocal()).isFalse();
        Origin six = Origin.of(Multiaddr.parse("/ip6/2001:db8:1:2::7/tcp/1"));
        Origin same = Origin.of(Multiaddr.parse("/ip6/2001:db8:1:2:3::9/tcp/1"));
        assertThat(six).isEqualTo(same);
        for (String local :
                List.of("/ip4/10.1.2.3", "/ip4/127.0.0.2", "/ip6/fd00::1", "/ip6/::1")) {
            assertThat(Origin.of(Multiaddr.parse(local + "/tcp/1")).isLocal()).as(local).isTrue();
        }
    }

    @Test
    void aNetworkHasSoManyOfAllItsAddresses() {
        var crowd = new Crowd(new Crowding(64, 2, 3, false));
        List<Origin> taken = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            Origin origin = Origin.of(Multiaddr.parse("/ip4/198.51.%d.7/tcp/1".formatted(i)));
            assertThat(crowd.enter(origin)).isEqualTo(i < 4);
            taken.add(origin);
        }
        assertThat(crowd.enter(Origin.of(Multiaddr.parse("/ip4/198.52.1.7/tcp/1")))).isTrue();
        crowd.leave(taken.getFirst());
        assertThat(crowd.enter(taken.get(1))).isTrue();
        assertThat(crowd.enter(taken.get(1))).as("two from one address").isFalse();
    }

    private Host trimming() {
        var room = new ResourceScope.Limits(30, 1000, 1 << 24);
        return start(HostLimits.standard().inAll(room).trimmed(6, 10, GRACE), time::get);
    }

    private List<Host> connect(Host server, int count) {
        List<Host> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int before = server.connections().size();
            clients.add(start());
            clients.getLast().dial(server.peerId(), server.addresses());
            await("it came in", () -> server.connections().size() != before);
            time.set(time.get().plusSeconds(1));
        }
        return clients;
    }

    private static boolean has(Host server, Host client) {
        return server.connections().stream()
                .anyMatch(connection -> connection.remotePeer().equals(client.peerId()));
    }

    @Test
    void upToTheHighWaterMarkAndWithinTheGraceNobodyGoes() {
        Host server = trimming();
        connect(server, 10);
        time.set(time.get().plus(GRACE));
        assertThat(server.connections()).hasSize(10);
        Host quiet = trimming();
        connect(quiet, 12);
        assertThat(quiet.connections()).as("all are new").hasSize(12);
    }

    @Test
    void beyondTheHighWaterMarkTheOldAndTheValuedStay() {
        Host server = trimming();
        List<Host> clients = connect(server, 11);
        server.protect(clients.get(10).peerId(), "bootstrap");
        server.value(clients.get(9).peerId(), "mesh", 10);
        time.set(time.get().plus(GRACE).plusSeconds(1));
        Host newcomer = connect(server, 1).getFirst();
        await("down to the low mark", () -> server.connections().size() == 7);
        assertThat(clients.subList(0, 4)).as("the oldest").allMatch(it -> has(server, it));
        assertThat(clients.subList(4, 9)).as("the newest").noneMatch(it -> has(server, it));
        assertThat(has(server, clients.get(9))).as("the valued").isTrue();
        assertThat(has(server, clients.get(10))).as("the protected").isTrue();
        assertThat(has(server, newcomer)).as("within its grace").isTrue();
    }

    @Test
    void whoComesInNumbersWithStreamsDoesNotPushOutWhoWasThere() {
        Host server = trimming();
        List<Host> honest = connect(server, 4);
        time.set(time.get().plus(GRACE).plusSeconds(1));
        for (int i = 0; i < 30; i++) {
            Host sybil = start();
            Victim.attack(() -> {
                Connection connection = sybil.dial(server.peerId(), server.addresses());
                connection.open(Ping.PROTOCOL).flush();
                connection.open(Ping.PROTOCOL).flush();
            });
            time.set(time.get().plusSeconds(1));
        }
        await("some are closed", () -> server.connections().size() < 30);
        assertThat(honest).allMatch(it -> has(server, it));
    }
}
