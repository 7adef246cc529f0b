package io.ggen.marketplace.p2p.database;

import io.ggen.base.Bytes;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One connection to {@code node.db}, or to a database in memory that ends with it. Most of what is
 * in it can be learned again, so that a change is forced to the disk only where {@link #durably} is
 * asked for. Thread-safe: one thread at a time; blocks on I/O. Failures are {@link
 * MarketplaceException}s with STORAGE.
 */
public final class Database implements AutoCloseable {
    private static final int BUSY_MILLIS = 10_000;

    private final String name;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private Database(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    /** Opens a file, which is made where it is missing and put aside where it is damaged. */
    public static Database open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                return new Database(file.toString(), connect(file.toFile().getPath()));
            } catch (SQLException e) {
                if (!isDamage(e)) {
                    throw e;
                }
                putAside(file);
                return new Database(file.toString(), connect(file.toFile().getPath()));
            }
        } catch (IOException | SQLException e) {
            throw failed("open", file.toString(), e);
        }
    }

    /** Opens an empty database in memory. */
    public static Database inMemory() {
        try {
            return new Database("the node's memory", connect(":memory:"));
        } catch (SQLException e) {
            throw failed("open", "the node's memory", e);
        }
    }

    private static Connection connect(String file) throws SQLException {
        var properties = new Properties();
        properties.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA cache_size = -8192");
            statement.execute("SELECT count(*) FROM sqlite_schema");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean isDamage(SQLException e) {
        return e instanceof SQLiteException sqlite
                && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB
                        || (sqlite.getResultCode().code & 0xff)
                                == SQLiteErrorCode.SQLITE_CORRUPT.code);
    }

    private static void putAside(Path file) throws IOException {
        for (String suffix : List.of("-wal", "-shm", "")) {
            Path part = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(part)) {
                Files.move(
                        part,
                        file.resolveSibling(file.getFileName() + suffix + ".corrupted"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /**
     * Makes something of a row.
     *
     * @param <T> what becomes of it
     */
    @FunctionalInterface
    public interface RowReader<T> {
        /** Reads the row at which {@code row} stands. */
        T read(ResultSet row) throws SQLException;
    }

    /** Returns what {@code reader} makes of each row. Parameters are text, numbers or Bytes. */
    public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        List<T> found = new ArrayList<>();
        forEach(sql, row -> found.add(reader.read(row)), parameters);
        return found;
    }

    /** Returns what {@code reader} makes of the first row. */
    public <T> Optional<T> first(String sql, RowReader<T> reader, Object... parameters) {
        return query(sql, reader, parameters).stream().findFirst();
    }

    /** Returns the number in the first row's first column; 0 where there is none. */
    public long number(String sql, Object... parameters) {
        return first(sql, row -> row.getLong(1), parameters).orElse(0L);
    }

    /** Hands each row to {@code reader}; others wait meanwhile. */
    public void forEach(String sql, RowReader<?> reader, Object... parameters) {
        lock.lock();
        try (ResultSet rows = bound(sql, parameters).executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException e) {
            throw failed("read", name, e);
        } finally {
            lock.unlock();
        }
    }

    /** Changes rows; returns how many. */
    public int update(String sql, Object... parameters) {
        lock.lock();
        try {
            return bound(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            throw failed("write", name, e);
        } finally {
            lock.unlock();
        }
    }

    /** Runs {@code work} whole or not at all; one within another belongs to the outer one. */
    public <T> T transaction(Supplier<T> work) {
        lock.lock();
        try {
            if (lock.getHoldCount() > 1) {
                return work.get();
            }
            update("BEGIN IMMEDIATE");
            return finished(work);
        } finally {
            lock.unlock();
        }
    }

    private <T> T finished(Supplier<T> work) {
        boolean done = false;
        try {
            T result = work.get();
            update("COMMIT");
            done = true;
            return result;
        } finally {
            if (!done) {
                update("ROLLBACK");
            }
        }
    }

    /** Runs {@code work} whole or not at all. */
    public void transaction(Runnable work) {
        transaction(() -> {
            work.run();
            return true;
        });
    }

    /** Runs {@code work} whole or not at all; it is on the disk when this returns. */
    public void durably(Runnable work) {
        lock.lock();
        try {
            execute("PRAGMA synchronous = FULL");
            update("BEGIN IMMEDIATE");
            finished(() -> {
                work.run();
                return true;
            });
        } finally {
            execute("PRAGMA synchronous = NORMAL");
            lock.unlock();
        }
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed("write", name, e);
        }
    }

    private PreparedStatement bound(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            statement.setObject(i + 1, value instanceof Bytes bytes ? bytes.toArray() : value);
        }
        return statement;
    }

    private static MarketplaceException failed(String verb, String name, Exception cause) {
        return new MarketplaceException(
                        ErrorCode.STORAGE,
                        "Cannot " + verb + " " + name + ": " + cause.getMessage(),
                        "Check that the disk has room and the file can be written; what is in it is"
                                + " learned again from other peers when it is deleted.")
                .causedBy(cause);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("close", name, e);
        } finally {
            lock.unlock();
        }
    }
}
