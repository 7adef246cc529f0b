package io.ggen.marketplace.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

final class HitSourcesTest {
    private static final int ENOUGH_TO_BE_KNOWN = 5;

    @TempDir private Path folder;
    private final TestPublisher alice = TestPublisher.number(1);

    @Test
    void aSearchSaysWhoServesWhatItFoundAndHowGoodTheBestOfThemIs() throws Exception {
        try (var nodes = new TestNodes(() -> folder)) {
            P2pNode publisher = nodes.start("publisher");
            for (int i = 0; i < ENOUGH_TO_BE_KNOWN; i++) {
                var one = alice.release("pack-" + i, "1.0.0");
                one.publishIn(publisher.registry());
                publisher.spread(one.envelope().recordId(), Duration.ZERO);
            }
            P2pNode reader = nodes.start("reader", publisher);
            assertThat(reader.registry().search(Query.of("pack", 10)).hits())
                    .hasSize(ENOUGH_TO_BE_KNOWN)
                    .allMatch(hit -> hit.reputation().isEmpty());

            for (int i = 0; i < ENOUGH_TO_BE_KNOWN; i++) {
                fetch(reader, "pack-" + i);
                reader.providers(ref("pack-" + i));
            }

            List<SearchHit> hits = reader.registry().search(Query.of("pack", 10)).hits();
            assertThat(hits).hasSize(ENOUGH_TO_BE_KNOWN).allMatch(hit -> hit.providers() == 2);
            assertThat(hits).allMatch(hit -> hit.reputation().orElse(0) > 0.5);
            assertThat(reader.registry().search(atLeast(0.5)).hits()).hasSize(ENOUGH_TO_BE_KNOWN);
            assertThat(reader.registry().search(atLeast(1)).hits()).isEmpty();
            assertThat(publisher.registry().search(atLeast(1)).hits())
                    .as("of whose providers nothing is known passes")
                    .hasSize(ENOUGH_TO_BE_KNOWN);
        }
    }

    private static Query atLeast(double reputation) {
        return new Query("pack", List.of(), List.of(), Optional.empty(), reputation, 10, false);
    }

    private static PackageRef ref(String id) {
        return PackageRef.of(new PackageId(id));
    }

    private static void fetch(P2pNode node, String id) throws IOException {
        Listing listing = node.registry().getPackage(ref(id)).orElseThrow();
        try (InputStream tar = node.registry().open(listing)) {
            assertThat(tar.readAllBytes()).isNotEmpty();
        }
    }
}
