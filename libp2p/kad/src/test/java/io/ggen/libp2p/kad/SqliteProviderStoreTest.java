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

final class SqliteProviderStoreTest extends ProviderStoreContract {
    @TempDir Path folder;
    private final List<SqliteProviderStore> opened = new ArrayList<>();

    @Override
    ProviderStore open(StoreLimits limits) {
        Path file = folder.resolve("contract" + opened.size() + ".db");
        var store = SqliteProviderStore.open(file, limits);
        opened.add(store);
        return store;
    }

    @AfterEach
    void close() {
        opened.forEach(SqliteProviderStore::close);
    }

    @Test
    void alsoALaterProcessFindsWhatIsKept() {
        Path file = folder.resolve("kept.db");
        Bytes key = Bytes.utf8("key");
        Instant now = VirtualNetwork.START;
        try (var store = SqliteProviderStore.open(file, StoreLimits.standard())) {
            store.add(key, Peers.peer(1), now);
            store.add(key, Peers.peer(2), now);
        }
        try (var store = SqliteProviderStore.open(file, StoreLimits.standard())) {
            assertThat(store.get(key, now)).containsExactly(Peers.peer(2), Peers.peer(1));
        }
    }
}
