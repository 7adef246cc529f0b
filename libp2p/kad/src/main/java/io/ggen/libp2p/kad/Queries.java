package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the query of each task, and does what the task does on this node itself. */
final class Queries {
    private final PeerId self;
    private final NodeOptions options;
    private final KadStorage storage;

    Queries(PeerId self, NodeOptions options, KadStorage storage) {
        this.self = self;
        this.options = options;
        this.storage = storage;
    }

    /** Returns what {@code task} publishes. */
    static Optional<Publication> publication(KadTask task) {
        return switch (task) {
            case KadTask.Put(KadRecord record) ->
                    Optional.of(new Publication(record.key(), Optional.of(record.value())));
            case KadTask.Provide(Bytes key) -> Optional.of(new Publication(key, Optional.empty()));
            case KadTask.FindPeer find -> Optional.empty();
            case KadTask.Closest closest -> Optional.empty();
            case KadTask.Get get -> Optional.empty();
            case KadTask.Providers providers -> Optional.empty();
        };
    }

    /** Returns the query of {@code task}; throws as {@link KadNode#start}. */
    Query of(KadTask task, Instant now) {
        return switch (task) {
            case KadTask.FindPeer(PeerId peer) ->
                    Query.findPeer(self, peer, options.query()).from(whereabouts(peer));
            case KadTask.Closest(Bytes key) -> Query.closest(self, key, options.query());
            case KadTask.Get(Bytes key, int quorum) -> get(key, quorum, now);
            case KadTask.Put(KadRecord record) -> put(record, now);
            case KadTask.Provide(Bytes key) -> provide(key, now);
            case KadTask.Providers(Bytes key, int enough) -> providers(key, enough, now);
        };
    }

    private List<KadPeer> whereabouts(PeerId peer) {
        List<Multiaddr> addresses = storage.addresses().of(peer);
        return addresses.isEmpty() ? List.of() : List.of(new KadPeer(peer, addresses));
    }

    private Query get(Bytes key, int quorum, Instant now) {
        var question = new KadRequest.GetValue(key);
        var here = new KadAnswer(storage.records().get(key, now), List.of(), List.of());
        return Query.getValue(self, question, options.validator(), quorum, options.query())
                .knowing(here);
    }

    private Query put(KadRecord record, Instant now) {
        RecordStore.Stored stored = storage.records().put(record, now);
        if (stored == RecordStore.Stored.INVALID || stored == RecordStore.Stored.STALE) {
            throw new IllegalArgumentException(
                    stored == RecordStore.Stored.STALE
                            ? "a better value of this key is known"
                            : "the validator of this key's namespace refuses the value");
        }
        return Query.putValue(self, new KadRequest.PutValue(record), options.query());
    }

    private Query provide(Bytes key, Instant now) {
        KadPeer provider = new KadPeer(self, storage.addresses().of(self));
        if (provider.addresses().isEmpty()) {
            throw new IllegalStateException("a node that can be reached nowhere provides nothing");
        }
        var request = new KadRequest.AddProvider(key, provider);
        storage.providers().add(key, provider, now);
        return Query.addProvider(self, request, options.query());
    }

    private Query providers(Bytes key, int enough, Instant now) {
        var question = new KadRequest.GetProviders(key);
        var here = new KadAnswer(Optional.empty(), List.of(), storage.providers().get(key, now));
        return Query.getProviders(self, question, enough, options.query()).knowing(here);
    }
}
