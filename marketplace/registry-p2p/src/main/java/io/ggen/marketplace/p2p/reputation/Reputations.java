package io.ggen.marketplace.p2p.reputation;

import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.core.network.NetworkOptions.ReputationPolicy;
import io.ggen.marketplace.core.network.Reputation;
import io.ggen.marketplace.p2p.database.Database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured of peers, kept in the node's database. Of a peer that nothing is known of the
 * score is unknown, however often its key changes: a fresh key gains nothing. Thread-safe; blocks
 * on the database.
 */
public final class Reputations {
    private static final int MAX_PEERS = 10_000;
    private static final double OLD = 0.7;
    private static final String COLUMNS =
            "SELECT peer, transfers, sound, response, packages, seen, low FROM reputation";

    private final Database database;
    private final ReputationPolicy policy;
    private final InstantSource clock;

    /** Uses {@code database}, which is the caller's to close. */
    public Reputations(Database database, ReputationPolicy policy, InstantSource clock) {
        this.database = database;
        this.policy = policy;
        this.clock = clock;
        database.update(
                "CREATE TABLE IF NOT EXISTS reputation (peer TEXT PRIMARY KEY, transfers INTEGER NOT"
                        + " NULL, sound INTEGER NOT NULL, response REAL NOT NULL, packages INTEGER"
                        + " NOT NULL, seen INTEGER NOT NULL, low INTEGER NOT NULL) WITHOUT ROWID");
    }

    /**
     * One peer's row; {@code low} is when its score fell below the threshold, 0 where it did not.
     */
    private record Row(
            String peer,
            long transfers,
            long sound,
            double response,
            long packages,
            long seen,
            long low) {
        static Row fresh(PeerId peer, long now) {
            return new Row(peer.toString(), 0, 0, 0, 0, now, 0);
        }

        Reputation reputation(Instant now) {
            return Reputation.of(
                    new Reputation.Transfers(transfers, sound),
                    Duration.ofMillis(Math.round(response)),
                    packages,
                    Duration.between(Instant.ofEpochSecond(seen), now),
                    OptionalDouble.empty());
        }
    }

    private static Row row(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Row(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getDouble(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }

    private Optional<Row> find(PeerId peer) {
        return database.first(COLUMNS + " WHERE peer = ?", Reputations::row, peer.toString());
    }

    /**
     * Notes a transfer from {@code peer}.
     *
     * @param sound whether all that came was right
     * @param response how long it took to answer; enters the average with three tenths
     * @param isNewPackage whether it is the first time that this package came from it
     */
    public void transferred(PeerId peer, boolean sound, Duration response, boolean isNewPackage) {
        database.transaction(() -> {
            Row old = find(peer).orElseGet(() -> Row.fresh(peer, second()));
            double millis = Math.max(0, response.toNanos() / 1e6);
            double average =
                    old.transfers() == 0 ? millis : OLD * old.response() + (1 - OLD) * millis;
            write(
                    new Row(
                            old.peer(),
                            old.transfers() + 1,
                            old.sound() + (sound ? 1 : 0),
                            average,
                            old.packages() + (isNewPackage ? 1 : 0),
                            second(),
                            old.low()));
            return true;
        });
    }

    /** Notes that {@code peer} is there, where anything is known of it. */
    public void seen(PeerId peer) {
        database.update("UPDATE reputation SET seen = ? WHERE peer = ?", second(), peer.toString());
    }

    private long second() {
        return clock.instant().getEpochSecond();
    }

    private void write(Row row) {
        boolean isLow = row.reputation(clock.instant()).score().orElse(1) < policy.pruneThreshold();
        long low = !isLow ? 0 : row.low() == 0 ? second() : row.low();
        database.update(
                "INSERT OR REPLACE INTO reputation VALUES (?, ?, ?, ?, ?, ?, ?)",
                row.peer(),
                row.transfers(),
                row.sound(),
                row.response(),
                row.packages(),
                row.seen(),
                low);
    }

    /** Returns what is known of {@code peer}. */
    public Reputation of(PeerId peer) {
        return find(peer).map(row -> row.reputation(clock.instant())).orElse(Reputation.unknown());
    }

    /** Returns the mean score of all peers whose score is known; empty where none is. */
    public OptionalDouble mean() {
        List<Double> scores = new ArrayList<>();
        Instant now = clock.instant();
        database.query(COLUMNS, Reputations::row)
                .forEach(row -> row.reputation(now).score().ifPresent(scores::add));
        return scores.stream().mapToDouble(Double::doubleValue).average();
    }

    /**
     * Forgets peers whose score has been too low for long enough, and the longest unseen ones
     * beyond the most that are kept; returns how many.
     */
    public int prune() {
        return database.transaction(() -> {
            long before = clock.instant().minus(policy.pruneAfter()).getEpochSecond();
            int low = database.update("DELETE FROM reputation WHERE low > 0 AND low <= ?", before);
            return low
                    + database.update(
                            "DELETE FROM reputation WHERE peer IN (SELECT peer FROM reputation"
                                    + " ORDER BY seen DESC LIMIT -1 OFFSET ?)",
                            MAX_PEERS);
        });
    }
}
