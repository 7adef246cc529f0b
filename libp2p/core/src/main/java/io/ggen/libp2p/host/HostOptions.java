package io.ggen.libp2p.host;

import io.ggen.libp2p.dns.NameResolver;
import io.ggen.libp2p.dns.SystemNames;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.muxer.Muxer;
import io.ggen.libp2p.muxer.YamuxMuxer;
import io.ggen.libp2p.muxer.YamuxOptions;
import io.ggen.libp2p.pnet.PreSharedKey;
import io.ggen.libp2p.security.NoiseProtocol;
import io.ggen.libp2p.security.SecurityProtocol;
import io.ggen.libp2p.security.TlsProtocol;
import io.ggen.libp2p.transport.TcpTransport;
import io.ggen.libp2p.transport.Transport;
import io.ggen.multiformats.Multiaddr;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
 * @param privateNetwork the key without which nobody is talked to; empty for the open network
 * @param names looks names in addresses up
 * @param peerStore what remembers other peers, closed by its owner after the host; empty for one in
 *     memory
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
        Optional<PreSharedKey> privateNetwork,
        NameResolver names,
        Optional<PeerStore> peerStore,
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
        NameResolver names = new SystemNames(clock);
        return new HostOptions(
                identity,
                List.of(),
                List.of(new TcpTransport(names)),
                List.of(new TlsProtocol(identity, clock), new NoiseProtocol(identity)),
                List.of(new YamuxMuxer(YamuxOptions.standard())),
                "ggen/0.1.0",
                HostLimits.standard(),
                ConnectionGater.open(),
                Optional.empty(),
                names,
                Optional.empty(),
                clock);
    }

    /** Returns these options, listening on {@code addresses}. */
    public HostOptions listening(Multiaddr... addresses) {
        return with(draft -> draft.listen = List.of(addresses));
    }

    /** Returns these options with other transports. */
    public HostOptions over(Transport... others) {
        return with(draft -> draft.transports = List.of(others));
    }

    /** Returns these options with other security protocols. */
    public HostOptions secured(SecurityProtocol... others) {
        return with(draft -> draft.securities = List.of(others));
    }

    /** Returns these options with other muxers. */
    public HostOptions muxed(Muxer... others) {
        return with(draft -> draft.muxers = List.of(others));
    }

    /** Returns these options with another name of the program in identify. */
    public HostOptions named(String other) {
        return with(draft -> draft.agent = other);
    }

    /** Returns these options with other limits. */
    public HostOptions limited(HostLimits other) {
        return with(draft -> draft.limits = other);
    }

    /** Returns these options with another gater. */
    public HostOptions gated(ConnectionGater other) {
        return with(draft -> draft.gater = other);
    }

    /** Returns these options within the private network of {@code key}. */
    public HostOptions within(PreSharedKey key) {
        return with(draft -> draft.privateNetwork = Optional.of(key));
    }

    /** Returns these options with another way to look names up. */
    public HostOptions resolving(NameResolver other) {
        return with(draft -> draft.names = other);
    }

    /** Returns these options with a store that remembers other peers. */
    public HostOptions remembering(PeerStore store) {
        return with(draft -> draft.peerStore = Optional.of(store));
    }

    private HostOptions with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.finish();
    }

    /** The parts of other options, while one of them is changed. */
    private static final class Draft {
        private final HostOptions before;
        private List<Multiaddr> listen;
        private List<Transport> transports;
        private List<SecurityProtocol> securities;
        private List<Muxer> muxers;
        private String agent;
        private HostLimits limits;
        private ConnectionGater gater;
        private Optional<PreSharedKey> privateNetwork;
        private NameResolver names;
        private Optional<PeerStore> peerStore;

        Draft(HostOptions before) {
            this.before = before;
            listen = before.listen;
            transports = before.transports;
            securities = before.securities;
            muxers = before.muxers;
            agent = before.agent;
            limits = before.limits;
            gater = before.gater;
            privateNetwork = before.privateNetwork;
            names = before.names;
            peerStore = before.peerStore;
        }

        HostOptions finish() {
            return new HostOptions(
                    before.identity,
                    listen,
                    transports,
                    securities,
                    muxers,
                    agent,
                    limits,
                    gater,
                    privateNetwork,
                    names,
                    peerStore,
                    before.clock);
        }
    }
}
