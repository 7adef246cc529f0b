package io.ggen.marketplace.p2p.exchange;

import io.ggen.base.Bytes;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.libp2p.transport.MemoryNetwork;
import io.ggen.marketplace.p2p.catalogue.Author;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.CatalogueLimits;
import io.ggen.marketplace.p2p.catalogue.Policy;
import io.ggen.marketplace.p2p.catalogue.Source;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.multiformats.Multiaddr;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A node with a catalogue in a network in memory. */
final class Party implements AutoCloseable {
    final Host host;
    final Catalogue catalogue;
    final CatalogueExchange exchange;
    final Set<PeerId> violators = ConcurrentHashMap.newKeySet();

    private Party(MemoryNetwork network, String name, ExchangeLimits limits) {
        InstantSource clock = InstantSource.system();
        host =
                Host.start(
                        HostOptions.of(PrivateKey.generate(KeyType.ED25519), clock)
                                .over(network.node(name))
                                .listening(Multiaddr.parse("/memory/0")));
        catalogue =
                Catalogue.open(
                        Database.inMemory(), CatalogueLimits.standard(), Policy.open(), clock);
        exchange = CatalogueExchange.attach(host, catalogue, limits, violators::add);
        Identify.attach(host);
    }

    static Party in(MemoryNetwork network, String name) {
        return new Party(network, name, ExchangeLimits.standard());
    }

    static Party in(MemoryNetwork network, String name, ExchangeLimits limits) {
        return new Party(network, name, limits);
    }

    PeerId id() {
        return host.peerId();
    }

    void connect(Party other) {
        host.dial(other.id(), other.host.addresses());
    }

    /** Admits {@code count} releases of an author of its own. */
    Party with(int author, int count) {
        var someone = new Author(author);
        for (int i = 0; i < count; i++) {
            admit(someone.release("p" + author + "-" + i, "1.0.0"));
        }
        return this;
    }

    void admit(Bytes... envelopes) {
        catalogue.admit(List.of(envelopes), new Source.Own());
    }

    long records() {
        return catalogue.status().records();
    }

    @Override
    public void close() {
        exchange.close();
        host.close();
    }
}
