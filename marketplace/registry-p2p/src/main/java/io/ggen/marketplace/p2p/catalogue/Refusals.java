package io.ggen.marketplace.p2p.catalogue;

import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.p2p.reconcile.Item;
import io.ggen.marketplace.p2p.reconcile.Items;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records that peers offered and that were refused: towards the peer that offered one it counts as
 * held, so that it is not fetched again at each exchange. Bounded: the oldest of a peer, and the
 * peer that was quiet for longest, are forgotten first. Pure and not thread-safe.
 */
final class Refusals {
    private static final int MAX_PEERS = 256;

    private final int most;
    private final Map<PeerId, OfPeer> byPeer = new LinkedHashMap<>(16, 0.75f, true);

    private static final class OfPeer {
        private final Items items = new Items();
        private final Map<Item, Instant> until = new LinkedHashMap<>();
    }

    Refusals(int most) {
        this.most = most;
    }

    /** Remembers a refusal until the record deserves another look. */
    void add(PeerId peer, Item item, Instant until) {
        OfPeer those = byPeer.computeIfAbsent(peer, it -> new OfPeer());
        those.items.add(item);
        those.until.put(item, until);
        if (those.until.size() > most) {
            drop(those, those.until.keySet().iterator().next());
        }
        if (byPeer.size() > MAX_PEERS) {
            byPeer.remove(byPeer.keySet().iterator().next());
        }
    }

    /** Returns what counts as held towards {@code peer} at {@code now}. */
    Items of(PeerId peer, Instant now) {
        OfPeer those = byPeer.get(peer);
        if (those == null) {
            return new Items();
        }
        those.until.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(item -> drop(those, item));
        return those.items;
    }

    /** Forgets the record, which is held now. */
    void remove(Item item) {
        byPeer.values().forEach(those -> drop(those, item));
    }

    private static void drop(OfPeer those, Item item) {
        if (those.until.remove(item) != null) {
            those.items.remove(item);
        }
    }

    void clear() {
        byPeer.clear();
    }
}
