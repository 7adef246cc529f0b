package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a store keeps beside that which is installed: contents that were published to the network,
 * came from it, or are pinned. They survive every sweep until they are released; what came only to
 * be installed, as long as it is. Each change is durable when it returns. Thread-safe, and safe
 * between processes.
 */
public final class Holds {
    private static final String COLUMNS = "SELECT cid, reason, sha256, at FROM hold";

    private final BlockStore store;

    Holds(BlockStore store) {
        this.store = store;
    }

    /**
     * Holds a content, which needs not be here yet; the same again changes nothing.
     *
     * @return whether it was not held for that reason before
     */
    public boolean add(Hold hold) throws IOException {
        return changed(
                "INSERT OR IGNORE INTO hold VALUES (?, ?, ?, ?)",
                hold.cid(),
                hold.reason(),
                hold.sha256().bytes(),
                hold.since().getEpochSecond());
    }

    private boolean changed(String sql, Object... parameters) throws IOException {
        int[] rows = new int[1];
        store.index().transaction(db -> rows[0] = StoreIndex.update(db, sql, parameters));
        return rows[0] > 0;
    }

    /** Ends a hold; returns whether it was there. The blocks stay until the next sweep. */
    public boolean remove(Cid cid, Hold.Reason reason) throws IOException {
        return changed("DELETE FROM hold WHERE cid = ? AND reason = ?", cid, reason);
    }

    /** Returns all holds, the oldest first. */
    public List<Hold> all() throws IOException {
        return store.index().query(COLUMNS + " ORDER BY at, cid, reason", Holds::read);
    }

    /** Returns why a content is held, the oldest reason first; empty where it is not. */
    public List<Hold> of(Cid cid) throws IOException {
        return store.index()
                .query(COLUMNS + " WHERE cid = ? ORDER BY at, reason", Holds::read, cid);
    }

    /** Returns the blocks of all that is held now and is whole. */
    public Servable servable() throws IOException {
        Set<Sha256> held = new HashSet<>();
        all().forEach(hold -> held.add(hold.sha256()));
        var digests = new Digests();
        for (Sha256 each : held) {
            for (StoredContent content : store.contents(List.of(each)).values()) {
                digests.addAll(content.places());
            }
        }
        return new Servable(digests.sort());
    }

    private static Hold read(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Hold(
                Cid.parse(row.getString(1)),
                new Sha256(Bytes.wrap(row.getBytes(3))),
                Hold.Reason.valueOf(row.getString(2)),
                Instant.ofEpochSecond(row.getLong(4)));
    }
}
