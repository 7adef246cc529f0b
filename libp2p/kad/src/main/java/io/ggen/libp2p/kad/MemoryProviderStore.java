package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Providers in memory. A key's oldest provider makes room for a new one, so that a crowd of
 * newcomers costs the silent before it costs anybody else; a new key finds room or is not kept.
 * Thread-safe.
 */
public final class MemoryProviderStore implements ProviderStore {
    private final StoreLimits limits;
    private final Map<Bytes, LinkedHashMap<PeerId, Claim>> keys = new HashMap<>();
    private final Map<PeerId, Integer> claims = new HashMap<>();

    private record Claim(KadPeer provider, Instant made) {}

    /** Makes an empty store. */
    public MemoryProviderStore(StoreLimits limits) {
        this.limits = limits;
    }

    @Override
    public synchronized boolean add(Bytes key, KadPeer provider, Instant now) {
        PeerId id = provider.id();
        boolean known = keys.containsKey(key) && claimsOf(key).containsKey(id);
        if (!known && !hasRoom(key, id, now)) {
            return false;
        }
        LinkedHashMap<PeerId, Claim> here = keys.computeIfAbsent(key, k -> new LinkedHashMap<>());
        if (here.remove(id) == null) {
            claims.merge(id, 1, Integer::sum);
        }
        here.put(id, new Claim(provider, now));
        if (here.size() > limits.providers()) {
            release(here.pollFirstEntry().getKey());
        }
        return true;
    }

    private boolean hasRoom(Bytes key, PeerId provider, Instant now) {
        boolean full = keys.size() >= limits.keys() && !keys.containsKey(key);
        boolean greedy = claims.getOrDefault(provider, 0) >= limits.keysPerProvider();
        return !(full || greedy) || collect(now) > 0 && hasRoom(key, provider, now);
    }

    private Map<PeerId, Claim> claimsOf(Bytes key) {
        LinkedHashMap<PeerId, Claim> here = keys.get(key);
        return here == null ? Map.of() : here;
    }

    @Override
    public synchronized List<KadPeer> get(Bytes key, Instant now) {
        return new ArrayList<>(claimsOf(key).values())
                .reversed().stream()
                        .filter(claim -> !isOver(claim, now))
                        .map(claim -> known(claim, now))
                        .toList();
    }

    private KadPeer known(Claim claim, Instant now) {
        return now.isBefore(claim.made().plus(limits.addresses()))
                ? claim.provider()
                : new KadPeer(claim.provider().id(), List.of());
    }

    private boolean isOver(Claim claim, Instant now) {
        return !now.isBefore(claim.made().plus(limits.lifetime()));
    }

    @Override
    public synchronized int collect(Instant now) {
        int dropped = 0;
        for (LinkedHashMap<PeerId, Claim> here : keys.values()) {
            while (!here.isEmpty() && isOver(here.firstEntry().getValue(), now)) {
                release(here.pollFirstEntry().getKey());
                dropped++;
            }
        }
        keys.values().removeIf(Map::isEmpty);
        return dropped;
    }

    private void release(PeerId provider) {
        claims.computeIfPresent(provider, (id, count) -> count == 1 ? null : count - 1);
    }
}
