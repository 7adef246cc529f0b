package io.ggen.marketplace.p2p.reputation;

import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.multiformats.Cid;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Who was said to serve which content, as far as this node has heard by the way: from the DHT's
 * answers and from whoever announced a release. It costs nobody a question, and may be out of date.
 * Bounded; kept in the node's database. Thread-safe; blocks on the database.
 */
public final class KnownProviders {
    private static final Duration VALID = Duration.ofDays(2);
    private static final int MAX_OF_ONE = 32;
    private static final int MAX = 100_000;

    private final Database database;
    private final InstantSource clock;

    /** Uses {@code database}, which is the caller's to close. */
    public KnownProviders(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        database.update(
                "CREATE TABLE IF NOT EXISTS provider (cid TEXT NOT NULL, peer TEXT NOT NULL, heard"
                        + " INTEGER NOT NULL, PRIMARY KEY (cid, peer)) WITHOUT ROWID");
    }

    /** Notes that {@code peer} is said to serve {@code cid}; of one content 32 peers are kept. */
    public void heard(Cid cid, PeerId peer) {
        database.update(
                "INSERT INTO provider SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM provider WHERE"
                        + " cid = ?1 AND peer = ?2) OR (SELECT count(*) FROM provider WHERE cid ="
                        + " ?1) < ?4 ON CONFLICT (cid, peer) DO UPDATE SET heard = excluded.heard",
                cid.toString(),
                peer.toString(),
                clock.instant().getEpochSecond(),
                MAX_OF_ONE);
    }

    /** Forgets that {@code peer} serves {@code cid}: it was asked and has it not. */
    public void denied(Cid cid, PeerId peer) {
        database.update(
                "DELETE FROM provider WHERE cid = ? AND peer = ?", cid.toString(), peer.toString());
    }

    /** Returns who was said to serve {@code cid} within the last two days. */
    public List<PeerId> of(Cid cid) {
        return database.query(
                "SELECT peer FROM provider WHERE cid = ? AND heard > ? ORDER BY peer",
                row -> PeerId.parse(row.getString(1)),
                cid.toString(),
                oldest());
    }

    private long oldest() {
        return clock.instant().minus(VALID).getEpochSecond();
    }

    /** Forgets what is out of date, and the oldest beyond 100,000. */
    public void prune() {
        database.transaction(() -> {
            database.update("DELETE FROM provider WHERE heard <= ?", oldest());
            database.update(
                    "DELETE FROM provider WHERE (cid, peer) IN (SELECT cid, peer FROM provider"
                            + " ORDER BY heard DESC LIMIT -1 OFFSET ?)",
                    MAX);
        });
    }
}
