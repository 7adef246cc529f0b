package io.ggen.libp2p.kad;

import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.util.List;

/**
 * How Kademlia is spoken on a host.
 *
 * @param protocol the protocol's id, such as {@code /ipfs/kad/1.0.0}: who speaks another one is in
 *     another network
 * @param node what the node decides by
 * @param records keeps values; closed by its owner
 * @param providers keeps providers; closed by its owner
 * @param publications remembers what this host has published; closed by its owner
 * @param bootstrap peers to join the network by
 * @param patience after how long a call returns what it has; 10 s
 */
public record KadOptions(
        String protocol,
        NodeOptions node,
        RecordStore records,
        ProviderStore providers,
        PublicationStore publications,
        List<BootstrapAddress> bootstrap,
        Duration patience) {
    /**
     * Where a peer is that helps to join.
     *
     * @param address ends in {@code /p2p/ID} or is a {@code /dnsaddr} that leads to such ones
     * @param priority the lowest are asked first, those of one priority together
     */
    public record BootstrapAddress(Multiaddr address, int priority) {}

    /** Copies the list. */
    public KadOptions {
        bootstrap = List.copyOf(bootstrap);
    }

    /** Returns automatic mode, the standard constants, stores in memory and no bootstrap peers. */
    public static KadOptions of(String protocol, Validator validator) {
        var limits = StoreLimits.standard();
        return new KadOptions(
                protocol,
                NodeOptions.standard(validator),
                new MemoryRecordStore(validator, limits),
                new MemoryProviderStore(limits),
                new MemoryPublicationStore(),
                List.of(),
                Duration.ofSeconds(10));
    }

    /** Returns these options in another mode. */
    public KadOptions in(NodeOptions.Mode mode) {
        return new KadOptions(
                protocol, node.in(mode), records, providers, publications, bootstrap, patience);
    }

    /** Returns these options with other stores. */
    public KadOptions keeping(
            RecordStore otherRecords,
            ProviderStore otherProviders,
            PublicationStore otherPublications) {
        return new KadOptions(
                protocol,
                node,
                otherRecords,
                otherProviders,
                otherPublications,
                bootstrap,
                patience);
    }

    /** Returns these options with other bootstrap peers. */
    public KadOptions joining(List<BootstrapAddress> peers) {
        return new KadOptions(protocol, node, records, providers, publications, peers, patience);
    }

    /** Returns these options with calls that return what they have after another time. */
    public KadOptions patient(Duration other) {
        return new KadOptions(protocol, node, records, providers, publications, bootstrap, other);
    }
}
