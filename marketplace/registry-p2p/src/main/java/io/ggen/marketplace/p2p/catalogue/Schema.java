package io.ggen.marketplace.p2p.catalogue;

import io.ggen.marketplace.p2p.database.Database;

/** The tables of the catalogue. Envelopes lie apart, so that the rest is quick to walk over. */
final class Schema {
    private static final String[] STATEMENTS = {
        "CREATE TABLE IF NOT EXISTS catalogue_publisher (number INTEGER PRIMARY KEY, did TEXT NOT"
                + " NULL UNIQUE, reserved INTEGER NOT NULL, own INTEGER NOT NULL, records INTEGER"
                + " NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0)",
        "CREATE TABLE IF NOT EXISTS catalogue_record (number INTEGER PRIMARY KEY, id BLOB NOT NULL"
                + " UNIQUE, kind INTEGER NOT NULL, publisher INTEGER NOT NULL, package TEXT NOT"
                + " NULL, version TEXT NOT NULL, chain TEXT NOT NULL, sequence INTEGER NOT NULL,"
                + " published INTEGER NOT NULL, seen INTEGER NOT NULL, cid TEXT NOT NULL, size"
                + " INTEGER NOT NULL, use INTEGER NOT NULL DEFAULT 0, contradicted INTEGER NOT"
                + " NULL DEFAULT 0, withdrawn INTEGER NOT NULL DEFAULT 0)",
        "CREATE INDEX IF NOT EXISTS catalogue_package ON catalogue_record (package, publisher)",
        "CREATE INDEX IF NOT EXISTS catalogue_chain ON catalogue_record (publisher, chain,"
                + " sequence)",
        "CREATE INDEX IF NOT EXISTS catalogue_cid ON catalogue_record (cid)",
        "CREATE INDEX IF NOT EXISTS catalogue_use ON catalogue_record (use, seen)",
        "CREATE TABLE IF NOT EXISTS catalogue_envelope (number INTEGER PRIMARY KEY, envelope BLOB"
                + " NOT NULL)",
        "CREATE TABLE IF NOT EXISTS catalogue_name (package TEXT PRIMARY KEY, skeleton TEXT NOT"
                + " NULL) WITHOUT ROWID",
        "CREATE INDEX IF NOT EXISTS catalogue_skeleton ON catalogue_name (skeleton)",
        "CREATE TABLE IF NOT EXISTS catalogue_change (number INTEGER PRIMARY KEY AUTOINCREMENT,"
                + " did TEXT NOT NULL, package TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS catalogue_fact (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
                + " WITHOUT ROWID",
    };

    private Schema() {}

    static void create(Database database) {
        database.transaction(() -> {
            for (String statement : STATEMENTS) {
                database.update(statement);
            }
        });
    }
}
