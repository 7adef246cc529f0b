package io.ggen.libp2p.kad;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

final class SqlitePublicationStoreTest extends PublicationStoreContract {
    @TempDir Path folder;
    private final List<SqlitePublicationStore> opened = new ArrayList<>();

    @Override
    PublicationStore open() {
        var store = SqlitePublicationStore.open(folder.resolve("publications.db"));
        opened.add(store);
        return store;
    }

    @AfterEach
    void close() {
        opened.forEach(SqlitePublicationStore::close);
    }
}
