package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.kad.KadOptions.BootstrapAddress;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.libp2p.transport.Transport;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A host that speaks Kademlia. */
final class Party implements AutoCloseable {
    static final String PROTOCOL = "/test/kad/1.0.0";
    static final KadOptions OPTIONS = KadOptions.of(PROTOCOL, VirtualNetwork.LONGER_IS_BETTER);

    final Host host;
    final Kad kad;

    private Party(Host host, KadOptions options) {
        this.host = host;
        this.kad = Kad.attach(host, Identify.attach(host), options);
    }

    /** Starts a party in a network in memory. */
    static Party in(Transport network, UnaryOperator<KadOptions> change) {
        HostOptions options = options().over(network).listening(Multiaddr.parse("/memory/0"));
        return new Party(Host.start(options), change.apply(fresh()));
    }

    /** Starts a party on this machine's loopback address. */
    static Party overTcp(UnaryOperator<KadOptions> change) {
        HostOptions options = options().listening(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
        return new Party(Host.start(options), change.apply(fresh()));
    }

    private static KadOptions fresh() {
        return KadOptions.of(PROTOCOL, VirtualNetwork.LONGER_IS_BETTER);
    }

    static HostOptions options() {
        return HostOptions.of(PrivateKey.generate(KeyType.ED25519), InstantSource.system());
    }

    PeerId id() {
        return host.peerId();
    }

    /** Returns where this party helps others to join. */
    BootstrapAddress door() {
        List<Multiaddr.Component> parts = new ArrayList<>(host.addresses().getFirst().components());
        parts.add(new Multiaddr.Component(AddressProtocol.P2P, id().multihash()));
        return new BootstrapAddress(new Multiaddr(parts), 0);
    }

    boolean knows(Party other) {
        return kad.table().stream().anyMatch(peer -> peer.id().equals(other.id()));
    }

    static void eventually(BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        kad.close();
        host.close();
    }
}
