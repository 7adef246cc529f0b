package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.key.InvalidKeyException;
import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers what others ask. As thread-safe as what it is made of. */
final class Responder {
    private final PeerId self;
    private final Neighbours neighbours;
    private final KadStorage storage;
    private final int nearest;

    Responder(PeerId self, Neighbours neighbours, KadStorage storage, int nearest) {
        this.self = self;
        this.neighbours = neighbours;
        this.storage = storage;
        this.nearest = nearest;
    }

    /** Returns the answer to {@code request}; throws as {@link KadNode#onRequest}. */
    Optional<KadAnswer> answer(PeerId sender, KadRequest request, Instant now) {
        return switch (request) {
            case KadRequest.Ping ping -> Optional.of(KadAnswer.of(List.of()));
            case KadRequest.FindNode(Bytes target) ->
                    Optional.of(KadAnswer.of(nodes(target, sender)));
            case KadRequest.GetValue(Bytes key) ->
                    Optional.of(
                            new KadAnswer(
                                    storage.records().get(key, now),
                                    closer(key, sender),
                                    List.of()));
            case KadRequest.GetProviders(Bytes key) ->
                    Optional.of(
                            new KadAnswer(
                                    Optional.empty(), closer(key, sender), providers(key, now)));
            case KadRequest.PutValue(KadRecord value) -> Optional.of(store(value, now));
            case KadRequest.AddProvider(Bytes key, KadPeer provider) -> {
                storage.providers().add(key, provider, now);
                yield Optional.empty();
            }
        };
    }

    /** The echo holds what is kept, so that who brings an older value learns the better one. */
    private KadAnswer store(KadRecord value, Instant now) {
        RecordStore.Stored stored = storage.records().put(value, now);
        return switch (stored) {
            case KEPT, RENEWED -> new KadAnswer(Optional.of(value), List.of(), List.of());
            case STALE ->
                    new KadAnswer(storage.records().get(value.key(), now), List.of(), List.of());
            case INVALID ->
                    throw new Libp2pException(
                            Code.PROTOCOL_VIOLATION, "kad: a value that is not valid");
            case FULL ->
                    throw new Libp2pException(
                            Code.LIMIT_EXCEEDED, "kad: no room for another value");
        };
    }

    private List<KadPeer> closer(Bytes key, PeerId sender) {
        return neighbours.closest(Place.of(key), nearest + 1).stream()
                .filter(peer -> !peer.id().equals(sender))
                .limit(nearest)
                .toList();
    }

    /** The peer that is looked for is named even where it serves nobody and so has no place. */
    private List<KadPeer> nodes(Bytes target, PeerId sender) {
        List<KadPeer> closer = closer(target, sender);
        boolean here = closer.stream().anyMatch(peer -> peer.id().multihash().equals(target));
        Optional<KadPeer> wanted = here ? Optional.empty() : known(target, sender);
        if (wanted.isEmpty()) {
            return closer;
        }
        List<KadPeer> all = new ArrayList<>(List.of(wanted.get()));
        all.addAll(closer);
        return all;
    }

    private Optional<KadPeer> known(Bytes target, PeerId sender) {
        if (target.equals(self.multihash()) || target.equals(sender.multihash())) {
            return Optional.empty();
        }
        try {
            var peer = new PeerId(target);
            return Optional.of(new KadPeer(peer, storage.addresses().of(peer)))
                    .filter(found -> !found.addresses().isEmpty());
        } catch (InvalidKeyException e) {
            return Optional.empty();
        }
    }

    private List<KadPeer> providers(Bytes key, Instant now) {
        return storage.providers().get(key, now).stream().map(this::located).toList();
    }

    /** Addresses that ran out are replaced by those that the provider says itself. */
    private KadPeer located(KadPeer provider) {
        return provider.addresses().isEmpty()
                ? new KadPeer(provider.id(), storage.addresses().of(provider.id()))
                : provider;
    }
}
