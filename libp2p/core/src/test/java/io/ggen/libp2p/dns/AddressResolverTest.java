package io.ggen.libp2p.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.dns.FakeDnsServer.Manner;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

@Timeout(30)
final class AddressResolverTest {
    private static final String ONE = "/p2p/12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
    private static final String TWO = "/p2p/QmfXbAwNjJLXfesgztEHe8HwgVDCMMpZ9Eax1HYq6hn9uE";

    private final FakeDnsServer server = FakeDnsServer.start();
    private final FakeNames names = new FakeNames(server);
    private final AddressResolver resolver = new AddressResolver(names);

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> resolve(String address) {
        return resolver.resolve(Multiaddr.parse(address), Duration.ofSeconds(5)).stream()
                .map(Multiaddr::toString)
                .toList();
    }

    @Test
    void leavesAddressesWithoutNamesAsTheyAre() {
        assertThat(resolve("/ip4/1.2.3.4/tcp/5")).containsExactly("/ip4/1.2.3.4/tcp/5");
        assertThat(server.questions()).isZero();
    }

    @Test
    void everyFamilyGetsItsOwnAddresses() throws UnknownHostException {
        names.addresses(
                "both.example",
                InetAddress.getByName("192.0.2.1"),
                InetAddress.getByName("2001:db8::1"));
        assertThat(resolve("/dns/both.example/tcp/4001" + ONE))
                .containsExactly(
                        "/ip4/192.0.2.1/tcp/4001" + ONE, "/ip6/2001:db8::1/tcp/4001" + ONE);
        assertThat(resolve("/dns4/both.example/tcp/1")).containsExactly("/ip4/192.0.2.1/tcp/1");
        assertThat(resolve("/dns6/both.example/tcp/1")).containsExactly("/ip6/2001:db8::1/tcp/1");
        assertThat(resolve("/dns4/none.example/tcp/1")).isEmpty();
    }

    @Test
    void takesTheEntriesThatEndInThePeerAskedFor() {
        server.texts(
                "_dnsaddr.boot.example",
                "dnsaddr=/ip4/192.0.2.1/tcp/1" + ONE,
                "dnsaddr=/ip4/192.0.2.2/tcp/1" + TWO,
                "dnsaddr=/ip4/192.0.2.3/tcp/1",
                "dnsaddr=/unheard-of/5" + ONE,
                "something else",
                "dnsaddr=");
        assertThat(resolve("/dnsaddr/boot.example" + ONE))
                .containsExactly("/ip4/192.0.2.1/tcp/1" + ONE);
        assertThat(resolve("/dnsaddr/boot.example")).hasSize(3);
    }

    @Test
    void namesLeadToNamesUpToADepthOfFour() throws UnknownHostException {
        names.addresses("host.example", InetAddress.getByName("192.0.2.9"));
        for (int i = 1; i < 5; i++) {
            server.texts(
                    "_dnsaddr.d" + i + ".example", "dnsaddr=/dnsaddr/d" + (i + 1) + ".example");
        }
        server.texts("_dnsaddr.d5.example", "dnsaddr=/dns4/host.example/tcp/7");
        assertThat(resolve("/dnsaddr/d2.example")).containsExactly("/ip4/192.0.2.9/tcp/7");
        assertThat(resolve("/dnsaddr/d1.example")).isEmpty();
    }

    @Test
    void namesThatLeadInCirclesEnd() {
        server.texts(
                "_dnsaddr.loop.example",
                "dnsaddr=/dnsaddr/loop.example",
                "dnsaddr=/dnsaddr/loop.example",
                "dnsaddr=/ip4/192.0.2.1/tcp/1");
        assertThat(resolve("/dnsaddr/loop.example")).containsExactly("/ip4/192.0.2.1/tcp/1");
        assertThat(server.questions()).isLessThan(20);
    }

    @Test
    void noMoreThanAHundredAddressesAreTaken() {
        server.texts(
                "_dnsaddr.many.example",
                IntStream.range(0, 250)
                        .mapToObj(i -> "dnsaddr=/ip4/192.0.2.1/tcp/" + (i + 1))
                        .toArray(String[]::new));
        assertThat(resolve("/dnsaddr/many.example")).hasSize(100);
        String[] wide =
                IntStream.range(0, 200)
                        .mapToObj(i -> "dnsaddr=/dnsaddr/w" + i + ".example")
                        .toArray(String[]::new);
        server.texts("_dnsaddr.wide.example", wide);
        IntStream.range(0, 200).forEach(i -> server.texts("_dnsaddr.w" + i + ".example", wide));
        assertThat(resolve("/dnsaddr/wide.example")).isEmpty();
        assertThat(server.questions()).isLessThan(1000);
    }

    @Test
    void aServerThatFailsIsNamed() {
        server.manner(Manner.FAILING);
        assertThatThrownBy(() -> resolve("/dnsaddr/boot.example"))
                .isInstanceOf(Libp2pException.class)
                .hasMessageContaining("_dnsaddr.boot.example");
    }
}
