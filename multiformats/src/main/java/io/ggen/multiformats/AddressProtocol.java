package io.ggen.multiformats;

import java.util.Optional;

/**
 * A protocol of a multiaddr: its code, its name and the shape of its value.
 *
 * @see <a
 *     href="https://github.com/multiformats/multiaddr/blob/master/protocols.csv">protocols.csv</a>
 */
public enum AddressProtocol {
    IP4(4, "ip4", AddressValue.IP4),
    TCP(6, "tcp", AddressValue.PORT),
    DCCP(33, "dccp", AddressValue.PORT),
    IP6(41, "ip6", AddressValue.IP6),
    IP6ZONE(42, "ip6zone", AddressValue.TEXT),
    IPCIDR(43, "ipcidr", AddressValue.OCTET),
    DNS(53, "dns", AddressValue.TEXT),
    DNS4(54, "dns4", AddressValue.TEXT),
    DNS6(55, "dns6", AddressValue.TEXT),
    DNSADDR(56, "dnsaddr", AddressValue.TEXT),
    SCTP(132, "sctp", AddressValue.PORT),
    UDP(273, "udp", AddressValue.PORT),
    P2P_WEBRTC_STAR(275, "p2p-webrtc-star", AddressValue.NONE),
    WEBRTC_DIRECT(280, "webrtc-direct", AddressValue.NONE),
    WEBRTC(281, "webrtc", AddressValue.NONE),
    P2P_CIRCUIT(290, "p2p-circuit", AddressValue.NONE),
    UDT(301, "udt", AddressValue.NONE),
    UTP(302, "utp", AddressValue.NONE),
    UNIX(400, "unix", AddressValue.PATH),
    P2P(421, "p2p", AddressValue.PEER),
    HTTPS(443, "https", AddressValue.NONE),
    ONION3(445, "onion3", AddressValue.ONION3),
    TLS(448, "tls", AddressValue.NONE),
    SNI(449, "sni", AddressValue.TEXT),
    NOISE(454, "noise", AddressValue.NONE),
    SHS(455, "shs", AddressValue.NONE),
    QUIC(460, "quic", AddressValue.NONE),
    QUIC_V1(461, "quic-v1", AddressValue.NONE),
    WEBTRANSPORT(465, "webtransport", AddressValue.NONE),
    CERTHASH(466, "certhash", AddressValue.CERTHASH),
    WS(477, "ws", AddressValue.NONE),
    WSS(478, "wss", AddressValue.NONE),
    P2P_WEBSOCKET_STAR(479, "p2p-websocket-star", AddressValue.NONE),
    HTTP(480, "http", AddressValue.NONE),
    HTTP_PATH(481, "http-path", AddressValue.HTTP_PATH),
    MEMORY(777, "memory", AddressValue.NUMBER);

    private final long code;
    private final String text;
    private final AddressValue value;

    AddressProtocol(long code, String text, AddressValue value) {
        this.code = code;
        this.text = text;
        this.value = value;
    }

    /** Returns the multicodec code. */
    public long code() {
        return code;
    }

    /** Returns the name that stands between slashes. */
    public String text() {
        return text;
    }

    AddressValue value() {
        return value;
    }

    static Optional<AddressProtocol> of(long code) {
        for (AddressProtocol protocol : values()) {
            if (protocol.code == code) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    static Optional<AddressProtocol> of(String name) {
        if (name.equals("ipfs")) {
            return Optional.of(P2P);
        }
        for (AddressProtocol protocol : values()) {
            if (protocol.text.equals(name)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }
}
