package io.ggen.marketplace.p2p.node;

import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NetworkContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

final class P2pNodeTest extends NetworkContract {
    @TempDir private Path folder;
    private TestNodes nodes = new TestNodes(Path.of("unused"));

    @Override
    protected Network open() throws IOException {
        nodes = new TestNodes(folder);
        return nodes.start("alone");
    }

    @AfterEach
    void end() {
        nodes.close();
    }
}
