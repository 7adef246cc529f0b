package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

final class SqliteRecordStoreTest extends RecordStoreContract {
    @TempDir Path folder;
    private final List<SqliteRecordStore> opened = new ArrayList<>();

    @Override
    RecordStore open(Validator validator, StoreLimits limits) {
        Path file = folder.resolve("contract" + opened.size() + ".db");
        var store = SqliteRecordStore.open(file, validator, limits);
        opened.add(store);
        return store;
    }

    @AfterEach
    void close() {
        opened.forEach(SqliteRecordStore::close);
    }

    @Test
    void alsoALaterProcessFindsWhatIsKept() {
        Path file = folder.resolve("kept.db");
        var validator = VirtualNetwork.LONGER_IS_BETTER;
        var record = new KadRecord(Bytes.utf8("/n/key"), Bytes.utf8("value"));
        Instant now = VirtualNetwork.START;
        try (var store = SqliteRecordStore.open(file, validator, StoreLimits.standard())) {
            store.put(record, now);
        }
        try (var store = SqliteRecordStore.open(file, validator, StoreLimits.standard())) {
            assertThat(store.get(record.key(), now)).contains(record);
        }
    }
}
