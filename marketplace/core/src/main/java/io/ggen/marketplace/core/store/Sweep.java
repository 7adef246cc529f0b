package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Frees what nobody needs: contents leave the index first, then segments without any are deleted,
 * and those that are mostly empty are written anew. A crash in between leaves only files that the
 * next sweep takes.
 */
final class Sweep {
    private final BlockStore store;
    private final Set<Sha256> keep;
    private long freed;

    Sweep(BlockStore store, Collection<Sha256> keep) {
        this.store = store;
        this.keep = new HashSet<>(keep);
    }

    Swept run() throws IOException {
        List<StoredContent> dead = new ArrayList<>();
        List<StoredContent> live = new ArrayList<>();
        for (StoredContent content : store.index().allContents()) {
            (keep.contains(content.digest().sha256()) ? live : dead).add(content);
        }
        if (!dead.isEmpty()) {
            store.index().transaction(db -> forget(db, dead, live));
        }
        Map<Long, Long> liveBytes = new HashMap<>();
        for (StoredContent content : live) {
            liveBytes.merge(content.places().segment(), content.places().bytes(), Long::sum);
        }
        for (long segment : store.segments().list()) {
            long wanted = liveBytes.getOrDefault(segment, 0L);
            if (wanted > 0 && wanted < store.segments().size(segment) / 2) {
                rewrite(segment, live);
                wanted = 0;
            }
            if (wanted == 0) {
                freed += store.segments().delete(segment, () -> isUnused(segment));
            }
        }
        List<Cid> removed = new ArrayList<>();
        dead.forEach(content -> removed.add(content.digest().cid()));
        return new Swept(Math.max(0, freed), removed);
    }

    private boolean isUnused(long segment) throws IOException {
        return store.index()
                .query("SELECT 1 FROM content WHERE segment = ? LIMIT 1", row -> 1, segment)
                .isEmpty();
    }

    /** Removes the dead, then registers the living again: a block may have stood for both. */
    private static void forget(Connection db, List<StoredContent> dead, List<StoredContent> live)
            throws SQLException {
        for (StoredContent content : dead) {
            Bytes sha256 = content.digest().sha256().bytes();
            StoreIndex.update(db, "DELETE FROM content WHERE sha256 = ?", sha256);
            StoreIndex.update(db, "DELETE FROM release WHERE sha256 = ?", sha256);
            Places places = content.places();
            var rows = new JsonRows();
            for (int i = 0; i < places.count(); i++) {
                rows.row().hex(places.get(i).digest());
            }
            StoreIndex.update(
                    db,
                    "DELETE FROM block WHERE segment = ?2 AND hash IN (SELECT unhex(value ->> 0)"
                            + " FROM json_each(?1))",
                    rows.text(),
                    places.segment());
        }
        StoreIndex.insert(db, live);
    }

    private void rewrite(long segment, List<StoredContent> live) throws IOException {
        try (StoreWriter writer = store.writer()) {
            for (StoredContent content : live) {
                if (content.places().segment() == segment) {
                    copy(content, writer);
                }
            }
            writer.commit();
        }
    }

    private void copy(StoredContent content, StoreWriter writer) throws IOException {
        ContentWriter copy = writer.content();
        var blocks = store.blocks(content);
        for (int i = 0; i < content.places().count(); i++) {
            var place = content.places().get(i);
            Cid cid = Cid.v1(Cid.RAW, new Sha256(place.digest()));
            var block = blocks.get(cid);
            if (block.isEmpty() || !Sha256.of(block.get()).bytes().equals(place.digest())) {
                return; // damaged: it stays where it is until it is fetched again
            }
            copy.put(cid, block.get().buffer());
            freed -= place.length();
        }
        copy.keep(content.digest());
    }
}
