package io.ggen.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.libp2p.dns.FakeDnsServer;
import io.ggen.libp2p.dns.FakeNames;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;

/** Dialling by name. */
@Timeout(30)
final class NamedDialTest {
    private final FakeDnsServer dns = FakeDnsServer.start();
    private final FakeNames names = new FakeNames(dns);
    private final Host server =
            Host.start(options().listening(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")));
    private final Host client = Host.start(options().resolving(names));
    private final Multiaddr address = server.addresses().getFirst();

    private static HostOptions options() {
        return HostOptions.of(PrivateKey.generate(KeyType.ED25519), InstantSource.system());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        dns.close();
    }

    private Multiaddr named(String start) {
        return Multiaddr.parse(start + "/p2p/" + server.peerId());
    }

    @Test
    void aPeerIsFoundThroughItsDnsaddr() {
        PeerId other = PrivateKey.generate(KeyType.ED25519).publicKey().peerId();
        dns.texts(
                "_dnsaddr.boot.example",
                "dnsaddr=/ip4/127.0.0.1/tcp/1/p2p/" + other,
                "dnsaddr=" + address + "/p2p/" + server.peerId());
        Connection connection = client.dial(named("/dnsaddr/boot.example"));
        assertThat(connection.remotePeer()).isEqualTo(server.peerId());
        assertThat(client.resolve(Multiaddr.parse("/dnsaddr/boot.example"))).hasSize(2);
    }

    @Test
    void aPeerIsFoundThroughTheNameOfItsMachine() {
        names.addresses("host.example", InetAddress.getLoopbackAddress());
        String port = address.value(AddressProtocol.TCP).orElseThrow();
        Connection connection = client.dial(named("/dns4/host.example/tcp/" + port));
        assertThat(connection.facts().remoteAddress()).isEqualTo(address);
    }

    @Test
    void whoIsNamedWronglyOrNotAtAllIsSaid() {
        assertThatThrownBy(() -> client.dial(named("/dnsaddr/none.example")))
                .hasMessageContaining("/dnsaddr/none.example")
                .hasMessageContaining("stands for no address");
        dns.manner(FakeDnsServer.Manner.FAILING);
        assertThatThrownBy(() -> client.dial(named("/dnsaddr/boot.example")))
                .hasMessageContaining("error 2");
    }

    @Test
    void aSlowNameDoesNotHoldUpAnAddress() {
        dns.manner(FakeDnsServer.Manner.SILENT);
        long start = System.nanoTime();
        client.dial(server.peerId(), List.of(Multiaddr.parse("/dnsaddr/slow.example"), address));
        assertThat(System.nanoTime() - start).isLessThan(3_000_000_000L);
    }
}
