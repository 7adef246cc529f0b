package io.ggen.marketplace.p2p.node;

import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NetworkContract;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

final class P2pNodeTest extends NetworkContract {
    @TempDir private Path folder;
    @AutoClose private final TestNodes nodes = new TestNodes(() -> folder);

    @Override
    protected Network open() throws IOException {
        return nodes.start("alone");
    }
}
