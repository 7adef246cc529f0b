package io.ggen.marketplace.file;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryContext;
import io.ggen.marketplace.core.RegistryContract;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;

final class FileRegistryContractTest extends RegistryContract {
    @TempDir Path directory;

    @Override
    protected Registry open() {
        Home home = new Home(directory);
        return new FileRegistry(
                new RegistryContext(home, home.registry(), 100, InstantSource.system()));
    }
}
