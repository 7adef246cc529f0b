package io.ggen.marketplace.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several nodes over real sockets that fetch one content of 24 MB at the same time. */
final class FetchingTogetherTest {
    private static final PackageRef LARGE = PackageRef.of(new PackageId("large"));
    private static final int NODES = 5;
    private static final int SIZE = 24 << 20;

    @TempDir private Path folder;

    @Test
    void nodesThatFetchTheSameTakeFewerCopiesFromItsHolderThanTheyAre() throws Exception {
        var alice = TestPublisher.number(1);
        SamplePackage large =
                alice.release(
                        "large",
                        "1.0.0",
                        TestPublisher.about("large"),
                        List.of(),
                        SamplePackage.tree(text()));
        try (var nodes = new TestNodes(() -> folder)) {
            P2pNode origin = nodes.start("origin");
            large.publishIn(origin.registry());
            List<P2pNode> all = new ArrayList<>(List.of(origin));
            for (int i = 0; i < NODES; i++) {
                all.add(nodes.start("node-" + i, all.toArray(P2pNode[]::new)));
            }
            List<P2pNode> readers = all.subList(1, all.size());
            for (P2pNode reader : readers) {
                TestNodes.await(() -> reader.registry().getPackage(LARGE).isPresent());
                TestNodes.await(() -> reader.status().peers() == NODES);
            }

            List<Callable<Bytes>> reads = new ArrayList<>();
            readers.forEach(reader -> reads.add(() -> content(reader)));
            try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Bytes> each : together.invokeAll(reads)) {
                    assertThat(each.get()).isEqualTo(large.tar());
                }
            }

            assertThat((double) origin.activity().sentBytes() / SIZE).isBetween(0.9, 2.5);
        }
    }

    /** Text of which no two blocks are the same. */
    private static String text() {
        var text = new StringBuilder(SIZE);
        for (int i = 0; text.length() < SIZE; i++) {
            text.append(i).append('\n');
        }
        text.setLength(SIZE);
        return text.toString();
    }

    private static Bytes content(P2pNode node) throws Exception {
        Listing listing = node.registry().getPackage(LARGE).orElseThrow();
        try (InputStream tar = node.registry().open(listing)) {
            return Bytes.wrap(tar.readAllBytes());
        }
    }
}
