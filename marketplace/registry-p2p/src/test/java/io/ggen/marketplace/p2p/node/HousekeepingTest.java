package io.ggen.marketplace.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.Query;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class HousekeepingTest {
    @TempDir private Path folder;
    private final TestPublisher alice = TestPublisher.number(1);

    @Test
    void whatIsDeniedWhileTheNodeRunsIsGoneAndWhatIsBrokenChangesNothing() throws Exception {
        try (var nodes = new TestNodes(() -> folder)) {
            P2pNode node = nodes.start("one");
            alice.release("good", "1.0.0").publishIn(node.registry());
            alice.release("bad", "1.0.0").publishIn(node.registry());
            Path deny = folder.resolve("one/deny.toml");

            Files.writeString(deny, "[[deny]]\nid = \"bad\"\nreason = \"it is\"\n");

            TestNodes.await(() -> ids(node).equals(List.of("good")));
            Files.writeString(deny, "[[deny]\n");
            Files.writeString(deny, "[[deny]]\nid = \"good\"\nreason = \"it is not\"\n");
            TestNodes.await(() -> ids(node).isEmpty());
            assertThat(ids(node)).isEmpty();
        }
    }

    private static List<String> ids(P2pNode node) {
        return node.registry().search(Query.of("", 10)).hits().stream()
                .map(it -> it.id().text())
                .toList();
    }
}
