package io.ggen.libp2p.kad;

/**
 * What a {@link KadNode} keeps outside of itself. Used only from within its methods.
 *
 * @param records values, its own and those that it keeps for others
 * @param providers who has what, itself included
 * @param publications what it has published and publishes again
 * @param addresses where peers say they are, itself included
 */
public record KadStorage(
        RecordStore records,
        ProviderStore providers,
        PublicationStore publications,
        AddressBook addresses) {
    /** Keeps publications in memory. */
    public KadStorage(RecordStore records, ProviderStore providers, AddressBook addresses) {
        this(records, providers, new MemoryPublicationStore(), addresses);
    }
}
