package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;

import java.time.Instant;
import java.util.Optional;

/** The values that a node keeps for others. Thread-safe. */
public interface RecordStore {
    /** What became of a record. */
    enum Stored {
        /** It is kept from now on. */
        KEPT,
        /** It was kept already, and its time begins anew. */
        RENEWED,
        /** A better one is kept. */
        STALE,
        /** Its validator refuses it, or it is too long. */
        INVALID,
        /** There is no room for another key. */
        FULL
    }

    /** Keeps {@code record} unless it is not valid, a better one is kept or there is no room. */
    Stored put(KadRecord record, Instant now);

    /** Returns the record of {@code key} while its time has not run out. */
    Optional<KadRecord> get(Bytes key, Instant now);

    /** Drops what has run out; returns how many. */
    int collect(Instant now);
}
