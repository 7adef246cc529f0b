package io.ggen.libp2p.sqlite;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import org.jspecify.annotations.Nullable;
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
import java.util.Properties;

/**
 * Tables in an SQLite file, which several stores may share. What they say can be learned again, so
 * it is not forced to the disk at every change, and a damaged file is put aside. Not thread-safe;
 * blocks on I/O. Failures are {@link Libp2pException}s with the code IO.
 */
public final class LocalDatabase implements AutoCloseable {
    private static final int BUSY_MILLIS = 10_000;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private LocalDatabase(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens the file, which is made where it is missing; one that is damaged is put aside as {@code
     * .corrupted}.
     *
     * @param schema statements that make the tables of one store where they are missing
     */
    public static LocalDatabase open(Path file, List<String> schema) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                return new LocalDatabase(connect(file.toFile().getPath(), schema));
            } catch (SQLException e) {
                if (!isDamage(e)) {
                    throw e;
                }
                putAside(file);
                return new LocalDatabase(connect(file.toFile().getPath(), schema));
            }
        } catch (IOException | SQLException e) {
            throw new Libp2pException(Code.IO, "cannot open the database " + file, e);
        }
    }

    /**
     * Opens an empty database in memory, which ends with it.
     *
     * @param schema statements that make the tables
     */
    public static LocalDatabase inMemory(List<String> schema) {
        try {
            return new LocalDatabase(connect(":memory:", schema));
        } catch (SQLException e) {
            throw new Libp2pException(Code.IO, "cannot open a database in memory", e);
        }
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

    private static Connection connect(String file, List<String> schema) throws SQLException {
        var properties = new Properties();
        properties.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA foreign_keys = ON");
            statement.execute("BEGIN IMMEDIATE");
            for (String sql : schema) {
                statement.execute(sql);
            }
            statement.execute("COMMIT");
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

    /**
     * Makes something of a row.
     *
     * @param <T> what becomes of it
     */
    @FunctionalInterface
    public interface RowReader<T> {
        /** Reads the row that the cursor stands on. */
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Returns what {@code reader} makes of each row.
     *
     * @param parameters text, numbers or {@link Bytes}
     */
    public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        List<T> found = new ArrayList<>();
        forEach(sql, row -> found.add(reader.read(row)), parameters);
        return found;
    }

    /** Hands each row to {@code reader}, which must not ask the same again meanwhile. */
    public void forEach(String sql, RowReader<?> reader, Object... parameters) {
        try (ResultSet rows = bound(sql, parameters).executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Changes rows; returns how many. */
    public int update(String sql, @Nullable Object... parameters) {
        try {
            return bound(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Runs {@code work} whole or not at all. */
    public void transaction(Runnable work) {
        update("BEGIN IMMEDIATE");
        boolean done = false;
        try {
            work.run();
            update("COMMIT");
            done = true;
        } finally {
            if (!done) {
                update("ROLLBACK");
            }
        }
    }

    /** Runs {@code work} as {@link #transaction}; it is on the disk when this returns. */
    public void durably(Runnable work) {
        set("PRAGMA synchronous = FULL");
        try {
            transaction(work);
        } finally {
            set("PRAGMA synchronous = NORMAL");
        }
    }

    private void set(String pragma) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(pragma);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            @Nullable Object value = parameters[i];
            statement.setObject(i + 1, value instanceof Bytes bytes ? bytes.toArray() : value);
        }
        return statement;
    }

    private static Libp2pException failed(SQLException e) {
        return new Libp2pException(Code.IO, "the database fails: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
