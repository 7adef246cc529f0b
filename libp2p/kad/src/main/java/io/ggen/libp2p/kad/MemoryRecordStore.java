package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Values in memory. Thread-safe. */
public final class MemoryRecordStore implements RecordStore {
    private final Validator validator;
    private final StoreLimits limits;
    private final Map<Bytes, Kept> records = new HashMap<>();

    private record Kept(KadRecord record, Instant end) {}

    /** Makes an empty store of what {@code validator} finds valid. */
    public MemoryRecordStore(Validator validator, StoreLimits limits) {
        this.validator = validator;
        this.limits = limits;
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
        records.put(record.key(), new Kept(record, now.plus(limits.lifetime())));
        return order == 0 ? Stored.RENEWED : Stored.KEPT;
    }

    private boolean isFull(Instant now) {
        return records.size() >= limits.values() && collect(now) == 0;
    }

    @Override
    public synchronized Optional<KadRecord> get(Bytes key, Instant now) {
        return Optional.ofNullable(records.get(key))
                .filter(kept -> now.isBefore(kept.end()))
                .map(Kept::record);
    }

    @Override
    public synchronized int collect(Instant now) {
        int before = records.size();
        records.values().removeIf(kept -> !now.isBefore(kept.end()));
        return before - records.size();
    }
}
