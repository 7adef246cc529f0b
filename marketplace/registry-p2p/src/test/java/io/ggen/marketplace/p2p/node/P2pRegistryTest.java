package io.ggen.marketplace.p2p.node;

import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

final class P2pRegistryTest extends RegistryContract {
    @TempDir private Path folder;
    private TestNodes nodes = new TestNodes(Path.of("unused"));

    @Override
    protected Registry open() throws IOException {
        nodes = new TestNodes(folder);
        return nodes.start("alone").registry();
    }

    @AfterEach
    void end() {
        nodes.close();
    }
}
