package io.ggen.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

final class MultiaddrTest {
    private static final String PEER = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";

    @ParameterizedTest
    @CsvSource({
        "/ip4/1.2.3.4, 0401020304",
        "/ip4/0.0.0.0/tcp/1234, 04000000000604d2",
        "/ip6/2601:9:4f81:9700:803e:ca65:66e8:c21, 29260100094f819700803eca6566e80c21",
        "/udp/0, 91020000",
        "/ip4/127.0.0.1/udp/1234/quic-v1, 047f000001910204d2cd03",
        "/dns4/example.org/tcp/443/wss, 360b6578616d706c652e6f72670601bbde03",
        "/memory/42, 8906000000000000002a",
    })
    void encodesAsTheSpecification(String text, String hex) {
        assertThat(Multiaddr.parse(text).encode()).isEqualTo(Bytes.fromHex(hex));
        assertThat(Multiaddr.decode(Bytes.fromHex(hex))).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/127.0.0.1/tcp/4001/p2p/" + PEER,
                "/ip6/::1/tcp/0",
                "/ip6/::/tcp/0",
                "/ip6/fe80::1:0:0:2/tcp/1",
                "/ip6zone/eth0/ip6/fe80::1/udp/1/quic-v1",
                "/dnsaddr/bootstrap.example.org",
                "/ip4/1.2.3.4/tcp/1/tls/sni/example.org/ws/p2p/" + PEER + "/p2p-circuit",
                "/ip4/1.2.3.4/udp/1/quic-v1/webtransport/certhash/uEiAkH5a4DPGKUuOBjYw0CgwjvcJCJMD2K_1aluKR_tpevQ",
                "/unix/var/run/socket",
                "/dns/example.org/tcp/80/http/http-path/a%2Fb%20c",
                "/onion3/vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd:1234"
            })
    void everyAddressComesBackFromTextAndBytes(String text) {
        Multiaddr address = Multiaddr.parse(text);
        assertThat(address).hasToString(text);
        assertThat(Multiaddr.decode(address.encode())).isEqualTo(address);
    }

    @Test
    void readsEveryFormOfAPeerId() {
        Multiaddr expected = Multiaddr.parse("/p2p/" + PEER);
        Cid asCid = new Cid(1, 0x72, Multihash.decode(Multibase.BASE58BTC.decodeBare(PEER)));
        assertThat(Multiaddr.parse("/ipfs/" + PEER)).isEqualTo(expected);
        assertThat(Multiaddr.parse("/p2p/" + asCid)).isEqualTo(expected);
        assertThat(Multiaddr.parse("/p2p/" + Multibase.BASE36.encode(asCid.encode())))
                .isEqualTo(expected);
        assertThat(expected.value(AddressProtocol.P2P)).contains(PEER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "ip4/1.2.3.4",
                "//",
                "/ip4",
                "/ip4/1.2.3",
                "/ip4/1.2.3.256",
                "/ip4/01.2.3.4",
                "/tcp/65536",
                "/tcp/-1",
                "/ip6/1::2::3",
                "/ip6/1:2:3:4:5:6:7",
                "/ip6/12345::",
                "/tcp/1/unknown",
                "/p2p/1",
                "/p2p/QmX",
                "/dns4/",
                "/certhash/b",
                "/ip4/1.2.3.4//tcp/1",
                "/memory/x"
            })
    void refusesMalformedText(String text) {
        assertThatThrownBy(() -> Multiaddr.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "04",
                "04010203",
                "0604",
                "35ff01",
                "a503",
                "a50300",
                "3603612f62",
                "90ffffff7f"
            })
    void refusesMalformedBytes(String hex) {
        assertThatThrownBy(() -> Multiaddr.decode(Bytes.fromHex(hex)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unknownProtocolsDoNotCostTheOtherAddresses() {
        Bytes good = Multiaddr.parse("/ip4/1.2.3.4/tcp/1").encode();
        assertThat(
                        Multiaddr.decodeKnown(
                                List.of(Bytes.fromHex("fe7f00"), good, Bytes.fromHex("04")), 64))
                .containsExactly(Multiaddr.parse("/ip4/1.2.3.4/tcp/1"));
    }
}
