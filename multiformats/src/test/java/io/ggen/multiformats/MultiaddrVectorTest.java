package io.ggen.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that the other implementations test themselves with. */
final class MultiaddrVectorTest {
    @ParameterizedTest
    @CsvSource({
        "/ip4/127.0.0.1/udp/1234, 047f000001910204d2",
        "/ip4/127.0.0.1/tcp/4321, 047f0000010610e1",
        "/ip4/127.0.0.1/udp/1234/ip4/127.0.0.1/tcp/4321, 047f000001910204d2047f0000010610e1",
        "/onion3/vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd:1234,"
                + " bd03adadec040be047f9658668b11a504f3155001f231a37f54c4476c07fb4cc139ed7e30304d2",
        "/ip6zone/eth0/ip6/::1, 2a04657468302900000000000000000000000000000001"
    })
    void textAndBytesBelongTogether(String text, String hex) {
        assertThat(Multiaddr.parse(text).encode()).isEqualTo(Bytes.fromHex(hex));
        assertThat(Multiaddr.decode(Bytes.fromHex(hex))).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip6/2601:9:4f81:9700:803e:ca65:66e8:c21/udp/1234/quic-v1",
                "/sctp/1234",
                "/udp/1234/udt",
                "/udp/1234/utp",
                "/tcp/1234/tls/http",
                "/tcp/1234/https",
                "/p2p/QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC/tcp/1234",
                "/p2p/12D3KooWCryG7Mon9orvQxcS1rYZjotPgpwoJNHHKcLLfE4Hf5mV",
                "/ip4/127.0.0.1/udp/1234/quic-v1/webtransport/certhash/uEiDDq4_xNyDorZBH3TlGazyJdOWSwvo4PUo5YHFMrvDE8g",
                "/ip4/127.0.0.1/tcp/127/webrtc-direct",
                "/ip4/127.0.0.1/tcp/127/noise",
                "/unix/a/b/c/d/e",
                "/http-path/tmp%2Fbar",
                "/memory/4"
            })
    void goodAddressesComeBack(String text) {
        Multiaddr address = Multiaddr.parse(text);
        assertThat(address).hasToString(text);
        assertThat(Multiaddr.decode(address.encode())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/::1",
                "/ip4/fdpsofodsajfdoisa",
                "/ip6",
                "/ip6zone",
                "/ip6zone/",
                "/udp/65536",
                "/quic-v1/65536",
                "/onion3/9ww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd:80",
                "/onion3/vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd:-1",
                "/onion3/vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyyd",
                "/udp/1234/sctp",
                "/udp/1234/udt/1234",
                "/ip4/127.0.0.1/udp/1234/quic-v1/webtransport/certhash",
                "/ip4/127.0.0.1/p2p",
                "/ip4/127.0.0.1/p2p/tcp",
                "/p2p/QmxoHT6iViN5xAjoz1VZ553cL31U9F94ht3QvWR1FrEbZY",
                "/p2p/k2k4r8oqamigqdo6o7hsbfwd45y70oyynp98usk7zmyfrzpqxh1pohl-",
                "/memory/92233720368547758081"
            })
    void badAddressesAreRefused(String text) {
        assertThatThrownBy(() -> Multiaddr.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
