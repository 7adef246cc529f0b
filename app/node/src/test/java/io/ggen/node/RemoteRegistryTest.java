package io.ggen.node;

import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** A registry behind the API keeps what a registry in this process promises. */
class RemoteRegistryTest extends RegistryContract {
    @TempDir Path directory;
    private Lab lab = new Lab(Path.of(""));

    @Override
    protected Registry open() {
        lab = new Lab(directory);
        lab.daemon();
        return lab.remote().registry();
    }

    @AfterEach
    void closeLab() throws Exception {
        lab.close();
    }
}
