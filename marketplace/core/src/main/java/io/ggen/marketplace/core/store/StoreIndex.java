package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.ContentDigest;
import io.ggen.multiformats.Cid;

import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the store knows of its blocks and contents, in SQLite. Rows go in as one JSON text that
 * SQLite takes apart: a call into native code for each value would cost more than all the rest.
 * Thread-safe: callers take turns in the order they came.
 */
final class StoreIndex implements AutoCloseable {
    private static final int BUSY_MILLIS = 20_000;
    private static final int VERSION = 2;
    private static final String[] SCHEMA = {
        "CREATE TABLE IF NOT EXISTS block (hash BLOB PRIMARY KEY, segment INTEGER NOT NULL,"
                + " offset INTEGER NOT NULL, length INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS content (sha256 BLOB PRIMARY KEY, cid TEXT NOT NULL, size"
                + " INTEGER NOT NULL, files INTEGER NOT NULL, executables BLOB NOT NULL, segment"
                + " INTEGER NOT NULL, places BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS release (publisher TEXT NOT NULL, id TEXT NOT NULL, version"
                + " TEXT NOT NULL, sha256 BLOB NOT NULL, envelope BLOB NOT NULL, PRIMARY KEY"
                + " (id, version, publisher, sha256)) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS root (path TEXT PRIMARY KEY) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS seen (publisher TEXT NOT NULL, id TEXT NOT NULL, version TEXT"
                + " NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (id, version, publisher))"
                + " WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS hold (cid TEXT NOT NULL, reason TEXT NOT NULL, sha256 BLOB NOT"
                + " NULL, at INTEGER NOT NULL, PRIMARY KEY (cid, reason)) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS part (cid TEXT NOT NULL, segment INTEGER NOT NULL, at INTEGER"
                + " NOT NULL, places BLOB NOT NULL, PRIMARY KEY (cid, segment)) WITHOUT ROWID",
        "CREATE INDEX IF NOT EXISTS content_by_segment ON content (segment)",
        "PRAGMA user_version = 2",
    };

    private final Connection connection;
    private final ReentrantLock turn = new ReentrantLock(true); // a sweep must not push ahead

    private StoreIndex(Connection connection) {
        this.connection = connection;
    }

    /** Opens the file; a damaged one is put aside, for all that it says can be fetched again. */
    static StoreIndex open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            return new StoreIndex(connect(file));
        } catch (SQLException e) {
            if (!isDamage(e)) {
                throw failure(e);
            }
        }
        for (String suffix : List.of("-wal", "-shm", "")) {
            Path part = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(part)) {
                Files.move(
                        part,
                        file.resolveSibling(file.getFileName() + suffix + ".corrupted"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try {
            return new StoreIndex(connect(file));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        var properties = new Properties();
        properties.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        Connection connection =
                JDBC.createConnection("jdbc:sqlite:" + file.toFile().getPath(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            if (version(statement) < VERSION) {
                for (String sql : SCHEMA) {
                    statement.execute(sql);
                }
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
            return version.next() ? version.getInt(1) : 0;
        }
    }

    private static boolean isDamage(SQLException e) {
        return e instanceof SQLiteException sqlite
                && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB
                        || (sqlite.getResultCode().code & 0xff)
                                == SQLiteErrorCode.SQLITE_CORRUPT.code);
    }

    static IOException failure(SQLException e) {
        return new IOException("the store's index fails: " + e.getMessage(), e);
    }

    /** Statements that belong together. */
    @FunctionalInterface
    interface Work {
        void run(Connection connection) throws SQLException, IOException;
    }

    /** Runs {@code work} in one transaction. */
    void transaction(Work work) throws IOException {
        turn.lock();
        try {
            execute("BEGIN IMMEDIATE");
            try {
                work.run(connection);
                execute("COMMIT");
            } catch (SQLException | IOException | RuntimeException e) {
                rollback(e);
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            turn.unlock();
        }
    }

    private void rollback(Exception cause) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs one statement with a text and numbers bound to it; returns how many rows it changed. */
    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            // no switch over types: the first one of a process costs several milliseconds
            if (values[i] instanceof Bytes bytes) {
                statement.setBytes(i + 1, bytes.toArray());
            } else if (values[i] instanceof Number number) {
                statement.setLong(i + 1, number.longValue());
            } else {
                statement.setString(i + 1, values[i].toString());
            }
        }
    }

    /** Makes something of one row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Returns what each row of a query becomes. */
    <T> List<T> query(String sql, Row<T> reader, Object... values) throws IOException {
        turn.lock();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(reader.read(rows));
                }
                return result;
            }
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            turn.unlock();
        }
    }

    /** Where one block lies, by the table of all blocks. */
    record Location(long segment, long offset, int length) {}

    Optional<Location> locate(Bytes hash) throws IOException {
        return query(
                        "SELECT segment, offset, length FROM block WHERE hash = ?",
                        row -> new Location(row.getLong(1), row.getLong(2), row.getInt(3)),
                        hash)
                .stream()
                .findFirst();
    }

    void drop(Bytes hash, Location location) throws IOException {
        transaction(db ->
                update(
                        db,
                        "DELETE FROM block WHERE hash = ? AND segment = ? AND offset = ?",
                        hash,
                        location.segment(),
                        location.offset()));
    }

    /** Returns those of {@code wanted} that are complete here. */
    Map<Sha256, StoredContent> contents(Collection<Sha256> wanted) throws IOException {
        var json = new JsonRows();
        wanted.forEach(sha256 -> json.row().hex(sha256.bytes()));
        Map<Sha256, StoredContent> found = HashMap.newHashMap(wanted.size());
        for (StoredContent content :
                query(
                        "SELECT sha256, cid, size, files, executables, segment, places FROM content"
                                + " WHERE sha256 IN (SELECT unhex(value ->> 0) FROM json_each(?))",
                        StoreIndex::content,
                        json.text())) {
            found.put(content.digest().sha256(), content);
        }
        return found;
    }

    /** Returns up to {@code most} contents after {@code last}, in the order of their digests. */
    List<StoredContent> contentsAfter(Bytes last, int most) throws IOException {
        return query(
                "SELECT sha256, cid, size, files, executables, segment, places FROM content WHERE"
                        + " sha256 > ? ORDER BY sha256 LIMIT ?",
                StoreIndex::content,
                last,
                most);
    }

    List<StoredContent> contentsIn(long segment) throws IOException {
        return query(
                "SELECT sha256, cid, size, files, executables, segment, places FROM content WHERE"
                        + " segment = ?",
                StoreIndex::content,
                segment);
    }

    /** Returns whether a segment holds nothing, of whole contents or of parts. */
    boolean isUnused(long segment) throws IOException {
        return query(
                        "SELECT 1 FROM content WHERE segment = ?1 UNION ALL SELECT 1 FROM part"
                                + " WHERE segment = ?1 LIMIT 1",
                        row -> 1,
                        segment)
                .isEmpty();
    }

    private static StoredContent content(ResultSet row) throws SQLException {
        String executables = Bytes.wrap(row.getBytes(5)).utf8();
        var digest =
                new ContentDigest(
                        Cid.parse(row.getString(2)),
                        new Sha256(Bytes.wrap(row.getBytes(1))),
                        row.getLong(3),
                        row.getInt(4),
                        executables.isEmpty() ? List.of() : List.of(executables.split("\n", -1)));
        return new StoredContent(digest, new Places(row.getLong(6), Bytes.wrap(row.getBytes(7))));
    }

    /** Registers a content and its blocks; later places win over earlier ones. */
    static void insert(Connection db, Collection<StoredContent> contents) throws SQLException {
        var rows = new JsonRows();
        for (StoredContent content : contents) {
            ContentDigest digest = content.digest();
            rows.row()
                    .hex(digest.sha256().bytes())
                    .text(digest.cid().toString())
                    .number(digest.sizeBytes())
                    .number(digest.files())
                    .hex(Bytes.utf8(String.join("\n", digest.executables())))
                    .number(content.places().segment())
                    .hex(content.places().packed());
        }
        update(
                db,
                "INSERT OR REPLACE INTO content SELECT unhex(value ->> 0), value ->> 1,"
                        + " value ->> 2, value ->> 3, unhex(value ->> 4), value ->> 5,"
                        + " unhex(value ->> 6) FROM json_each(?)",
                rows.text());
        for (StoredContent content : contents) {
            insertBlocks(db, content.places());
            update(db, "DELETE FROM part WHERE cid = ?", content.digest().cid());
        }
    }

    static void insertBlocks(Connection db, Places places) throws SQLException {
        var rows = new JsonRows();
        for (int i = 0; i < places.count(); i++) {
            Places.Place place = places.get(i);
            rows.row().hex(place.digest()).number(place.offset()).number(place.length());
        }
        update(
                db,
                "INSERT OR REPLACE INTO block SELECT unhex(value ->> 0), ?2, value ->> 1,"
                        + " value ->> 2 FROM json_each(?1)",
                rows.text(),
                places.segment());
    }

    static void insertReleases(Connection db, Collection<StoredRelease> releases)
            throws SQLException {
        var rows = new JsonRows();
        for (StoredRelease release : releases) {
            rows.row()
                    .text(release.publisher().text())
                    .text(release.id().text())
                    .text(release.version().toString())
                    .hex(release.sha256().bytes())
                    .hex(release.envelope());
        }
        update(
                db,
                "INSERT OR REPLACE INTO release SELECT value ->> 0, value ->> 1, value ->> 2,"
                        + " unhex(value ->> 3), unhex(value ->> 4) FROM json_each(?)",
                rows.text());
    }

    @Override
    public void close() throws IOException {
        turn.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            turn.unlock();
        }
    }
}
