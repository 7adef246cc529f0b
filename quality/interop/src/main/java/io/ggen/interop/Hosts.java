package io.ggen.interop;

import io.ggen.libp2p.host.Crowding;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostLimits;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.ResourceScope;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protocol.Perf;
import io.ggen.libp2p.protocol.Ping;
import io.ggen.libp2p.security.NoiseProtocol;
import io.ggen.libp2p.security.SecurityProtocol;
import io.ggen.libp2p.security.TlsProtocol;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.InstantSource;

/** Hosts as tests and measurements need them: many connections, else the standard limits. */
final class Hosts {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int MANY = 5_000;

    private Hosts() {}

    /**
     * Returns options for a host with a new key of type {@code key}, secured by {@code tls}, {@code
     * noise} or {@code both}.
     */
    static HostOptions options(KeyType key, String security) {
        PrivateKey identity = PrivateKey.generate(key);
        return HostOptions.of(identity, CLOCK)
                .secured(securities(identity, security))
                .limited(limits());
    }

    /** Returns options for the host that the command line {@code words} ask for. */
    static HostOptions options(PeerOptions words) {
        HostOptions open = options(words.key(), words.security());
        return words.network().map(open::within).orElse(open);
    }

    private static SecurityProtocol[] securities(PrivateKey identity, String which) {
        var tls = new TlsProtocol(identity, CLOCK);
        var noise = new NoiseProtocol(identity);
        return switch (which) {
            case "tls" -> new SecurityProtocol[] {tls};
            case "noise" -> new SecurityProtocol[] {noise};
            case "both" -> new SecurityProtocol[] {tls, noise};
            default -> throw new IllegalArgumentException("no such security: " + which);
        };
    }

    private static HostLimits limits() {
        HostLimits standard = HostLimits.standard();
        return standard.inAll(
                        new ResourceScope.Limits(
                                MANY, standard.system().streams(), standard.system().memory()))
                .perPeer(
                        new ResourceScope.Limits(
                                MANY, standard.peer().streams(), standard.peer().memory()))
                .crowded(new Crowding(MANY, MANY, MANY, false))
                .trimmed(MANY, MANY, Duration.ofSeconds(20));
    }

    /** Starts a host that serves ping, perf and echo. */
    static Host start(HostOptions options) {
        Host host = Host.start(options);
        Ping.attach(host);
        Perf.attach(host);
        host.handle(Echo.PROTOCOL, Echo::serve);
        return host;
    }

    static Multiaddr loopback(int port) {
        return Multiaddr.parse("/ip4/127.0.0.1/tcp/" + port);
    }

    /** Returns where {@code host} listens, with its peer id. */
    static Multiaddr address(Host host) {
        return host.addresses().getFirst().encapsulate(Multiaddr.parse("/p2p/" + host.peerId()));
    }
}
