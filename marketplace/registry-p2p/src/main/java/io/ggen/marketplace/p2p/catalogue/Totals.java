package io.ggen.marketplace.p2p.catalogue;

import io.ggen.marketplace.p2p.database.Database;

/** How much is held, and how much of it is strangers'. Not thread-safe. */
final class Totals {
    private final CatalogueLimits limits;
    private final Database database;
    private long records;
    private long bytes;
    private long strangerRecords;
    private long strangerBytes;

    Totals(CatalogueLimits limits, Database database) {
        this.limits = limits;
        this.database = database;
    }

    /** Counts anew. */
    void load() {
        records = 0;
        bytes = 0;
        strangerRecords = 0;
        strangerBytes = 0;
        database.forEach(
                "SELECT reserved, sum(records), sum(bytes) FROM catalogue_publisher GROUP BY"
                        + " reserved",
                row -> {
                    boolean isReserved = row.getBoolean(1);
                    records += row.getLong(2);
                    bytes += row.getLong(3);
                    strangerRecords += isReserved ? 0 : row.getLong(2);
                    strangerBytes += isReserved ? 0 : row.getLong(3);
                    return row;
                });
    }

    void add(boolean isReserved, long size) {
        change(isReserved, 1, size);
    }

    void remove(boolean isReserved, long size) {
        change(isReserved, -1, -size);
    }

    private void change(boolean isReserved, int count, long size) {
        records += count;
        bytes += size;
        strangerRecords += isReserved ? 0 : count;
        strangerBytes += isReserved ? 0 : size;
    }

    /** Returns whether there is room for {@code size} more bytes of such a publisher. */
    boolean hasRoom(boolean isReserved, long size) {
        boolean fits = records < limits.records() && bytes + size <= limits.bytes().bytes();
        return fits && (isReserved || strangersHaveRoom(size));
    }

    private boolean strangersHaveRoom(long size) {
        return strangerRecords < share(limits.records())
                && strangerBytes + size <= share(limits.bytes().bytes());
    }

    private long share(long of) {
        return of / 100 * limits.strangers() + of % 100 * limits.strangers() / 100;
    }

    long records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    long strangerRecords() {
        return strangerRecords;
    }
}
