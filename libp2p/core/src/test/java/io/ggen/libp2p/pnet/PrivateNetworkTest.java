package io.ggen.libp2p.pnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protocol.Perf;
import io.ggen.libp2p.security.NoiseProtocol;
import io.ggen.libp2p.transport.RawConnection;
import io.ggen.libp2p.transport.TcpTransport;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Hosts within a private network, over TCP. */
@Timeout(60)
final class PrivateNetworkTest {
    private static final Multiaddr LOOPBACK = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
    private static final PreSharedKey OURS = new PreSharedKey(Bytes.fromHex("11".repeat(32)));
    private static final PreSharedKey OTHER = new PreSharedKey(Bytes.fromHex("12".repeat(32)));

    private final List<Host> hosts = new ArrayList<>();

    @AfterEach
    void stop() {
        hosts.forEach(Host::close);
    }

    private static HostOptions open() {
        return HostOptions.of(PrivateKey.generate(KeyType.ED25519), InstantSource.system())
                .listening(LOOPBACK);
    }

    private Host start(HostOptions options) {
        Host host = Host.start(options);
        hosts.add(host);
        Perf.attach(host);
        return host;
    }

    @Test
    void membersTalkWithEverySecurity() {
        Host server = start(open().within(OURS));
        PrivateKey key = PrivateKey.generate(KeyType.ED25519);
        HostOptions options = HostOptions.of(key, InstantSource.system()).within(OURS);
        for (HostOptions each : List.of(options, options.secured(new NoiseProtocol(key)))) {
            Host client = start(each);
            Connection connection = client.dial(server.peerId(), server.addresses());
            assertThat(Perf.run(connection, 3_000_000, 3_000_000).downloaded())
                    .isEqualTo(3_000_000);
            client.close();
        }
    }

    @Test
    void anotherKeyIsNamedAsTheLikelyReason() {
        Host server = start(open().within(OURS));
        Host client = start(open().within(OTHER));
        assertThatThrownBy(() -> client.dial(server.peerId(), server.addresses()))
                .isInstanceOf(Libp2pException.class)
                .hasMessageContaining("make no sense in this private network")
                .hasMessageContaining("another key or none");
        assertThat(server.connections()).isEmpty();
    }

    @Test
    void noConnectionStandsBetweenMembersAndOthers() {
        Host member = start(open().within(OURS));
        Host stranger = start(open());
        assertThatThrownBy(() -> stranger.dial(member.peerId(), member.addresses()))
                .isInstanceOf(Libp2pException.class);
        assertThatThrownBy(() -> member.dial(stranger.peerId(), stranger.addresses()))
                .hasMessageContaining("another key or none");
        assertThat(member.connections()).isEmpty();
        assertThat(stranger.connections()).isEmpty();
    }

    /** js-libp2p sends nothing but its nonce before it has ours, also where it dialled. */
    @Test
    void nonceIsSentBeforeAnythingIsReadOrWritten() throws InterruptedException {
        BlockingQueue<RawConnection> accepted = new LinkedBlockingQueue<>();
        var tcp = new TcpTransport();
        try (var listener = tcp.listen(LOOPBACK, accepted::add);
                RawConnection dialled =
                        tcp.dial(listener.addresses().getFirst(), Duration.ofSeconds(5));
                RawConnection taken = accepted.take()) {
            OURS.protect(taken);
            assertThat(Frames.readExactly(dialled, 24).length()).isEqualTo(24);
        }
    }

    /** Each way is one key stream that begins after a nonce of 24 bytes. */
    @Test
    void whatGoesOverTheWireIsNonceAndWholeStream() throws InterruptedException {
        BlockingQueue<RawConnection> accepted = new LinkedBlockingQueue<>();
        var tcp = new TcpTransport();
        try (var listener = tcp.listen(LOOPBACK, accepted::add);
                RawConnection dialled =
                        tcp.dial(listener.addresses().getFirst(), Duration.ofSeconds(5));
                RawConnection taken = accepted.take()) {
            RawConnection member = OURS.protect(dialled);
            member.write(Bytes.utf8("first ").buffer());
            member.write(Bytes.utf8("second").buffer());
            Bytes nonce = Frames.readExactly(taken, 24);
            byte[] stream = Frames.readExactly(taken, 12).toArray();
            new XSalsa20(OURS.secret(), nonce).apply(stream, 0, stream.length);
            assertThat(Bytes.wrap(stream).utf8()).isEqualTo("first second");
            taken.write(nonce.buffer());
            byte[] answer = Bytes.utf8("answer").toArray();
            new XSalsa20(OURS.secret(), nonce).apply(answer, 0, answer.length);
            taken.write(ByteBuffer.wrap(answer));
            assertThat(Frames.readExactly(member, 6).utf8()).isEqualTo("answer");
        }
    }
}
