package io.ggen.libp2p.host;

import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.muxer.Muxer;
import io.ggen.libp2p.muxer.YamuxMuxer;
import io.ggen.libp2p.muxer.YamuxOptions;
import io.ggen.libp2p.security.NoiseProtocol;
import io.ggen.libp2p.security.SecurityProtocol;
import io.ggen.libp2p.security.TlsProtocol;
import io.ggen.libp2p.transport.TcpTransport;
import io.ggen.libp2p.transport.Transport;
import io.ggen.multiformats.Multiaddr;

import java.time.InstantSource;
import java.util.List;

/**
 * How a host is made. Begin with {@link #of} and change what should differ.
 *
 * @param identity the host's key
 * @param listen where it listens; nowhere when empty
 * @param transports how it reaches addresses
 * @param securities offered in this order
 * @param muxers offered in this order
 * @param agent what it calls itself in identify
 * @param limits bounds of connections, streams and times
 * @param gater says which connections are let in and out
 * @param clock tells the time
 */
public record HostOptions(
        PrivateKey identity,
        List<Multiaddr> listen,
        List<Transport> transports,
        List<SecurityProtocol> securities,
        List<Muxer> muxers,
        String agent,
        HostLimits limits,
        ConnectionGater gater,
        InstantSource clock) {
    /** Copies the lists. */
    public HostOptions {
        listen = List.copyOf(listen);
        transports = List.copyOf(transports);
        securities = List.copyOf(securities);
        muxers = List.copyOf(muxers);
    }

    /** Returns TCP, TLS before Noise, Yamux, standard limits, no listening address. */
    public static HostOptions of(PrivateKey identity, InstantSource clock) {
        return new HostOptions(
                identity,
                List.of(),
                List.of(new TcpTransport()),
                List.of(new TlsProtocol(identity, clock), new NoiseProtocol(identity)),
                List.of(new YamuxMuxer(YamuxOptions.standard())),
                "ggen/0.1.0",
                HostLimits.standard(),
                ConnectionGater.open(),
                clock);
    }

    /** Returns these options, listening on {@code addresses}. */
    public HostOptions listening(Multiaddr... addresses) {
        return new HostOptions(
                identity,
                List.of(addresses),
                transports,
                securities,
                muxers,
                agent,
                limits,
                gater,
                clock);
    }

    /** Returns these options with other security protocols. */
    public HostOptions secured(SecurityProtocol... protocols) {
        return new HostOptions(
                identity,
                listen,
                transports,
                List.of(protocols),
                muxers,
                agent,
                limits,
                gater,
                clock);
    }

    /** Returns these options with other limits. */
    public HostOptions limited(HostLimits other) {
        return new HostOptions(
                identity, listen, transports, securities, muxers, agent, other, gater, clock);
    }

    /** Returns these options with another gater. */
    public HostOptions gated(ConnectionGater other) {
        return new HostOptions(
                identity, listen, transports, securities, muxers, agent, limits, other, clock);
    }

    /** Returns these options with other transports. */
    public HostOptions over(Transport... others) {
        return new HostOptions(
                identity, listen, List.of(others), securities, muxers, agent, limits, gater, clock);
    }

    /** Returns these options with other muxers. */
    public HostOptions muxed(Muxer... others) {
        return new HostOptions(
                identity,
                listen,
                transports,
                securities,
                List.of(others),
                agent,
                limits,
                gater,
                clock);
    }
}
