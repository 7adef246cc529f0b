package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.sqlite.LocalDatabase;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Publications in an SQLite file: a later process goes on where this one has stopped. Blocks on
 * I/O. Thread-safe.
 */
public final class SqlitePublicationStore implements PublicationStore, AutoCloseable {
    private static final List<String> SCHEMA =
            List.of(
                    "CREATE TABLE IF NOT EXISTS kad_publication (place BLOB PRIMARY KEY, key BLOB"
                            + " NOT NULL, value BLOB, due INTEGER NOT NULL) WITHOUT ROWID",
                    "CREATE INDEX IF NOT EXISTS kad_publication_due ON kad_publication (due)");

    private final LocalDatabase database;

    private SqlitePublicationStore(LocalDatabase database) {
        this.database = database;
    }

    /** Opens the store in {@code file}, which other stores may share. */
    public static SqlitePublicationStore open(Path file) {
        return new SqlitePublicationStore(LocalDatabase.open(file, SCHEMA));
    }

    @Override
    public synchronized void put(Publication publication, Instant due) {
        database.update(
                "INSERT OR REPLACE INTO kad_publication (place, key, value, due) VALUES (?, ?,"
                        + " NULLIF(?, x''), ?)",
                publication.place().bytes(),
                publication.key(),
                publication.value().orElse(Bytes.empty()),
                due.toEpochMilli());
    }

    @Override
    public synchronized void remove(Bytes key) {
        database.update("DELETE FROM kad_publication WHERE place = ?", Place.of(key).bytes());
    }

    @Override
    public synchronized Optional<Place> due(Instant now) {
        return database
                .query(
                        "SELECT key FROM kad_publication WHERE due <= ? ORDER BY due LIMIT 1",
                        row -> Place.of(Bytes.wrap(row.getBytes(1))),
                        now.toEpochMilli())
                .stream()
                .findFirst();
    }

    @Override
    public synchronized List<Publication> within(Place from, Place to, int most) {
        return database.query(
                "SELECT key, value FROM kad_publication WHERE place >= ? AND place <= ? ORDER BY"
                        + " place LIMIT ?",
                SqlitePublicationStore::publication,
                from.bytes(),
                to.bytes(),
                most);
    }

    private static Publication publication(ResultSet row) throws SQLException {
        return new Publication(
                Bytes.wrap(row.getBytes(1)), Optional.ofNullable(row.getBytes(2)).map(Bytes::wrap));
    }

    @Override
    public synchronized void reschedule(Place from, Place to, Instant due) {
        database.update(
                "UPDATE kad_publication SET due = ? WHERE place >= ? AND place <= ?",
                due.toEpochMilli(),
                from.bytes(),
                to.bytes());
    }

    @Override
    public synchronized int size() {
        return database.query("SELECT COUNT(*) FROM kad_publication", row -> row.getInt(1))
                .getFirst();
    }

    @Override
    public synchronized void close() {
        database.close();
    }
}
