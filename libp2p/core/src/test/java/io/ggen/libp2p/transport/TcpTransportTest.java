package io.ggen.libp2p.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.libp2p.Libp2pException;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

final class TcpTransportTest extends TransportContract {
    @Override
    protected Transport transport() {
        return new TcpTransport();
    }

    @Override
    protected List<Multiaddr> listenable() {
        return List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"), Multiaddr.parse("/ip6/::1/tcp/0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/127.0.0.1/udp/1/quic-v1",
                "/ip4/127.0.0.1/tcp/1/ws",
                "/tcp/1",
                "/dnsaddr/example.org",
                "/ip4/1.2.3.4/tcp/1/p2p/12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq/p2p-circuit"
            })
    void leavesOtherAddressesAlone(String address) {
        assertThat(transport().handles(Multiaddr.parse(address))).isFalse();
    }

    @Test
    void dialsNamesOfBothFamilies() {
        try (Transport.Listener listener =
                transport().listen(listenable().getFirst(), RawConnection::close)) {
            String port =
                    listener.addresses()
                            .getFirst()
                            .value(io.ggen.multiformats.AddressProtocol.TCP)
                            .orElseThrow();
            Multiaddr name = Multiaddr.parse("/dns4/localhost/tcp/" + port);
            assertThat(transport().handles(name)).isTrue();
            transport().dial(name, Duration.ofSeconds(5)).close();
        }
        assertThatThrownBy(() ->
                        transport()
                                .dial(
                                        Multiaddr.parse("/dns/no.such.host.invalid/tcp/1"),
                                        Duration.ofSeconds(5)))
                .isInstanceOf(Libp2pException.class)
                .hasMessageContaining("no.such.host.invalid");
    }

    @Test
    void anUnspecifiedAddressIsReachableOnEveryInterface() {
        try (Transport.Listener listener =
                transport().listen(Multiaddr.parse("/ip4/0.0.0.0/tcp/0"), RawConnection::close)) {
            assertThat(listener.addresses())
                    .isNotEmpty()
                    .noneMatch(address -> address.toString().contains("0.0.0.0"));
        }
    }
}
