package io.ggen.marketplace.p2p.node;

import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryContract;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

final class P2pRegistryTest extends RegistryContract {
    @TempDir private Path folder;
    @AutoClose private final TestNodes nodes = new TestNodes(() -> folder);

    @Override
    protected Registry open() throws IOException {
        return nodes.start("alone").registry();
    }
}
