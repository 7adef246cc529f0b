package io.ggen.marketplace.p2p.database;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.sqlite.LocalDatabase;
import io.ggen.libp2p.sqlite.LocalDatabase.RowReader;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * {@code node.db}, or a database in memory that ends with it. Most of what is in it can be learned
 * again, so that a change is forced to the disk only where {@link #durably} is asked for.
 * Thread-safe: one thread at a time; blocks on I/O. Failures are {@link MarketplaceException}s with
 * STORAGE.
 */
public final class Database implements AutoCloseable {
    private static final List<String> SETTINGS = List.of("PRAGMA cache_size = -8192");

    private final String name;
    private final LocalDatabase tables;
    private final ReentrantLock lock = new ReentrantLock();

    private Database(String name, LocalDatabase tables) {
        this.name = name;
        this.tables = tables;
    }

    /** Opens a file, which is made where it is missing and put aside where it is damaged. */
    public static Database open(Path file) {
        String name = file.toString();
        return told("open", name, () -> new Database(name, LocalDatabase.open(file, SETTINGS)));
    }

    /** Opens an empty database in memory. */
    public static Database inMemory() {
        String name = "the node's memory";
        return told("open", name, () -> new Database(name, LocalDatabase.inMemory(SETTINGS)));
    }

    /** Returns what {@code reader} makes of each row. Parameters are text, numbers or Bytes. */
    public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
        return alone("read", () -> tables.query(sql, reader, parameters));
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
        alone(
                "read",
                () -> {
                    tables.forEach(sql, reader, parameters);
                    return true;
                });
    }

    /** Changes rows; returns how many. */
    public int update(String sql, Object... parameters) {
        return alone("write", () -> tables.update(sql, parameters));
    }

    /** Runs {@code work} whole or not at all; one within another belongs to the outer one. */
    public <T> T transaction(Supplier<T> work) {
        List<T> result = new ArrayList<>(1);
        transaction(() -> {
            result.add(work.get());
        });
        return result.getFirst();
    }

    /** Runs {@code work} whole or not at all; one within another belongs to the outer one. */
    public void transaction(Runnable work) {
        alone(
                "write",
                () -> {
                    if (lock.getHoldCount() > 1) {
                        work.run();
                    } else {
                        tables.transaction(work);
                    }
                    return true;
                });
    }

    /** Runs {@code work} whole or not at all; it is on the disk when this returns. */
    public void durably(Runnable work) {
        alone(
                "write",
                () -> {
                    tables.durably(work);
                    return true;
                });
    }

    private <T> T alone(String verb, Supplier<T> work) {
        lock.lock();
        try {
            return told(verb, name, work);
        } finally {
            lock.unlock();
        }
    }

    private static <T> T told(String verb, String name, Supplier<T> work) {
        try {
            return work.get();
        } catch (Libp2pException e) {
            throw new MarketplaceException(
                            ErrorCode.STORAGE,
                            "Cannot " + verb + " " + name + ": " + e.getMessage(),
                            "Check that the disk has room and the file can be written; what is in"
                                    + " it is learned again from other peers when it is deleted.")
                    .causedBy(e);
        }
    }

    @Override
    public void close() {
        alone(
                "close",
                () -> {
                    tables.close();
                    return true;
                });
    }
}
