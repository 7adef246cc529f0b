package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Frees what nobody needs: blocks leave the index first, their contents then, and then segments
 * without any are deleted and those that are mostly empty written anew. Everything goes in slices
 * of a few milliseconds, between which others have their turn. A crash in between leaves only what
 * the next sweep takes.
 */
final class Sweep {
    private static final int PAGE = 8;
    private static final int SLICE = 500;
    private static final Duration PART_LIFE = Duration.ofDays(1);
    private static final Duration INSTALLING = Duration.ofHours(1); // longer than any command

    private final BlockStore store;
    private final Set<Sha256> keep;
    private final List<StoredContent> dead = new ArrayList<>();
    private final Map<Long, Long> liveBytes = new HashMap<>();
    private long freed;

    Sweep(BlockStore store, Collection<Sha256> keep) {
        this.store = store;
        this.keep = new HashSet<>(keep);
    }

    /** A block that a content which stays has too, and where. */
    private record Heir(long segment, Places.Place place) {}

    Swept run(Instant now) throws IOException {
        endInstalled(now);
        store.holds().all().forEach(hold -> keep.add(hold.sha256()));
        eachContent(this::sort);
        List<Part> parts = new ArrayList<>();
        for (Part part : parts()) {
            if (part.since().isBefore(now.minus(PART_LIFE))) {
                parts.add(part);
            } else {
                liveBytes.merge(part.places().segment(), part.places().bytes(), Long::sum);
            }
        }
        Map<Bytes, Heir> heirs = heirs(parts);
        for (StoredContent content : dead) {
            forget(content.places(), heirs, db -> forget(db, content));
        }
        for (Part part : parts) {
            forget(part.places(), heirs, db -> forget(db, part));
        }
        for (long segment : store.segments().list()) {
            free(segment);
        }
        List<Cid> removed = new ArrayList<>();
        long blocks = 0;
        for (StoredContent content : dead) {
            removed.add(content.digest().cid());
            blocks += content.places().count();
        }
        return new Swept(Math.max(0, freed), blocks, removed);
    }

    /** Ends the holds of what was fetched to be installed, and is installed nowhere any more. */
    private void endInstalled(Instant now) throws IOException {
        for (Hold hold : store.holds().all()) {
            if (hold.reason() == Hold.Reason.INSTALLED
                    && hold.since().isBefore(now.minus(INSTALLING))
                    && !keep.contains(hold.sha256())) {
                store.holds().remove(hold.cid(), Hold.Reason.INSTALLED);
            }
        }
    }

    /** What is done with one content. */
    @FunctionalInterface
    private interface Visit {
        void content(StoredContent content);
    }

    private void eachContent(Visit visit) throws IOException {
        Bytes last = Bytes.empty();
        List<StoredContent> page;
        do {
            page = store.index().contentsAfter(last, PAGE);
            page.forEach(visit::content);
            if (!page.isEmpty()) {
                last = page.getLast().digest().sha256().bytes();
            }
        } while (page.size() == PAGE);
    }

    private void sort(StoredContent content) {
        if (keep.contains(content.digest().sha256())) {
            liveBytes.merge(content.places().segment(), content.places().bytes(), Long::sum);
        } else {
            dead.add(content);
        }
    }

    /** Blocks of a content that never became whole. */
    private record Part(String cid, Places places, Instant since) {}

    private List<Part> parts() throws IOException {
        return store.index()
                .query(
                        "SELECT cid, segment, places, at FROM part",
                        row ->
                                new Part(
                                        row.getString(1),
                                        new Places(row.getLong(2), Bytes.wrap(row.getBytes(3))),
                                        Instant.ofEpochSecond(row.getLong(4))));
    }

    /** Finds those of the blocks that go which a content that stays has as well. */
    private Map<Bytes, Heir> heirs(List<Part> parts) throws IOException {
        var going = new Digests();
        dead.forEach(content -> going.addAll(content.places()));
        parts.forEach(part -> going.addAll(part.places()));
        Map<Bytes, Heir> heirs = new HashMap<>();
        if (!going.sort().isEmpty()) {
            eachContent(content -> addHeirs(content, going, heirs));
        }
        return heirs;
    }

    private void addHeirs(StoredContent content, Digests going, Map<Bytes, Heir> heirs) {
        if (!keep.contains(content.digest().sha256())) {
            return;
        }
        Places places = content.places();
        for (int i = 0; i < places.count(); i++) {
            Places.Place place = places.get(i);
            if (going.contains(place.digest())) {
                heirs.put(place.digest(), new Heir(places.segment(), place));
            }
        }
    }

    /** Removes blocks slice by slice, and with the last of them what they belong to. */
    private void forget(Places places, Map<Bytes, Heir> heirs, StoreIndex.Work whole)
            throws IOException {
        for (int first = 0; first < places.count() - SLICE; first += SLICE) {
            int start = first;
            store.index().transaction(db -> forgetSlice(db, places, start, heirs));
        }
        int last = Math.max(0, (places.count() - 1) / SLICE * SLICE);
        store.index()
                .transaction(db -> {
                    forgetSlice(db, places, last, heirs);
                    whole.run(db);
                });
    }

    /** Removes blocks, and registers again those that another content has too. */
    private static void forgetSlice(Connection db, Places places, int first, Map<Bytes, Heir> heirs)
            throws SQLException {
        var rows = new JsonRows();
        List<Heir> staying = new ArrayList<>();
        for (int i = first; i < Math.min(first + SLICE, places.count()); i++) {
            Bytes digest = places.get(i).digest();
            rows.row().hex(digest);
            Heir heir = heirs.get(digest);
            if (heir != null) {
                staying.add(heir);
            }
        }
        StoreIndex.update(
                db,
                "DELETE FROM block WHERE segment = ?2 AND hash IN (SELECT unhex(value ->> 0)"
                        + " FROM json_each(?1))",
                rows.text(),
                places.segment());
        for (Heir heir : staying) {
            StoreIndex.update(
                    db,
                    "INSERT OR IGNORE INTO block VALUES (?, ?, ?, ?)",
                    heir.place().digest(),
                    heir.segment(),
                    heir.place().offset(),
                    heir.place().length());
        }
    }

    private static void forget(Connection db, StoredContent content) throws SQLException {
        Bytes sha256 = content.digest().sha256().bytes();
        StoreIndex.update(db, "DELETE FROM content WHERE sha256 = ?", sha256);
        StoreIndex.update(db, "DELETE FROM release WHERE sha256 = ?", sha256);
    }

    private static void forget(Connection db, Part part) throws SQLException {
        StoreIndex.update(
                db,
                "DELETE FROM part WHERE cid = ? AND segment = ?",
                part.cid(),
                part.places().segment());
    }

    private void free(long segment) throws IOException {
        long wanted = liveBytes.getOrDefault(segment, 0L);
        if (wanted > 0 && wanted < store.segments().size(segment) / 2) {
            rewrite(segment);
        }
        freed += store.segments().delete(segment, () -> store.index().isUnused(segment));
    }

    private void rewrite(long segment) throws IOException {
        try (StoreWriter writer = store.writer()) {
            for (StoredContent content : store.index().contentsIn(segment)) {
                copy(content, writer);
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
