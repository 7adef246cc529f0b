package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.sqlite.LocalDatabase;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Values in an SQLite file, which a later process finds again. Blocks on I/O. Thread-safe. */
public final class SqliteRecordStore implements RecordStore, AutoCloseable {
    private static final List<String> SCHEMA =
            List.of(
                    "CREATE TABLE IF NOT EXISTS kad_value (key BLOB PRIMARY KEY, value BLOB NOT"
                            + " NULL, until INTEGER NOT NULL) WITHOUT ROWID",
                    "CREATE INDEX IF NOT EXISTS kad_value_until ON kad_value (until)");

    private final LocalDatabase database;
    private final Validator validator;
    private final StoreLimits limits;
    private int count;

    private SqliteRecordStore(LocalDatabase database, Validator validator, StoreLimits limits) {
        this.database = database;
        this.validator = validator;
        this.limits = limits;
        this.count =
                database.query("SELECT COUNT(*) FROM kad_value", row -> row.getInt(1)).getFirst();
    }

    /**
     * Opens the store in {@code file}, which other stores may share; one process at a time.
     *
     * @param validator tells which values are valid and which is the better of two
     */
    public static SqliteRecordStore open(Path file, Validator validator, StoreLimits limits) {
        return new SqliteRecordStore(LocalDatabase.open(file, SCHEMA), validator, limits);
    }

    @Override
    public synchronized Stored put(KadRecord record, Instant now) {
        if (record.value().length() > limits.valueLength() || !validator.isValid(record)) {
            return Stored.INVALID;
        }
        Optional<KadRecord> known = get(record.key(), now);
        int order = known.map(old -> validator.compare(record, old)).orElse(1);
        if (order < 0) {
            return Stored.STALE;
        }
        if (known.isEmpty() && isFull(now)) {
            return Stored.FULL;
        }
        write(record, now.plus(limits.lifetime()));
        return order == 0 ? Stored.RENEWED : Stored.KEPT;
    }

    private void write(KadRecord record, Instant end) {
        int changed =
                database.update(
                        "UPDATE kad_value SET value = ?2, until = ?3 WHERE key = ?1",
                        record.key(),
                        record.value(),
                        end.toEpochMilli());
        if (changed == 0) {
            count +=
                    database.update(
                            "INSERT INTO kad_value (key, value, until) VALUES (?, ?, ?)",
                            record.key(),
                            record.value(),
                            end.toEpochMilli());
        }
    }

    private boolean isFull(Instant now) {
        return count >= limits.values() && collect(now) == 0;
    }

    @Override
    public synchronized Optional<KadRecord> get(Bytes key, Instant now) {
        return database
                .query(
                        "SELECT value FROM kad_value WHERE key = ? AND until > ?",
                        row -> new KadRecord(key, Bytes.wrap(row.getBytes(1))),
                        key,
                        now.toEpochMilli())
                .stream()
                .findFirst();
    }

    @Override
    public synchronized int collect(Instant now) {
        int dropped = database.update("DELETE FROM kad_value WHERE until <= ?", now.toEpochMilli());
        count -= dropped;
        return dropped;
    }

    @Override
    public synchronized void close() {
        database.close();
    }
}
