package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What became of the messages of the last minutes, oldest first; bounded. */
final class SeenCache {
    private final Duration validity;
    private final int most;
    private final Map<Bytes, Entry> entries = new LinkedHashMap<>();

    /**
     * A message that was dealt with.
     *
     * @param senders who has delivered it so far
     */
    record Entry(Verdict verdict, Instant at, Set<PeerId> senders) {}

    SeenCache(Duration validity, int most) {
        this.validity = validity;
        this.most = most;
    }

    void put(Bytes id, Entry entry) {
        entries.put(id, entry);
        if (entries.size() > most) {
            removeEldest();
        }
    }

    private void removeEldest() {
        Iterator<Bytes> eldest = entries.keySet().iterator();
        eldest.next();
        eldest.remove();
    }

    @Nullable Entry get(Bytes id) {
        return entries.get(id);
    }

    boolean contains(Bytes id) {
        return entries.containsKey(id);
    }

    void clean(Instant now) {
        Iterator<Entry> eldest = entries.values().iterator();
        while (eldest.hasNext() && !now.isBefore(eldest.next().at().plus(validity))) {
            eldest.remove();
        }
    }
}
