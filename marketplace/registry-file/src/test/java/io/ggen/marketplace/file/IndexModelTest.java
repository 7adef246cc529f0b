package io.ggen.marketplace.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.model.JsonObject;
import io.ggen.marketplace.model.PackageId;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** However it is spliced, index.json says what a plain map would. */
final class IndexModelTest {
    @TempDir Path directory;

    @Test
    void splicingIsWhatAMapDoes() throws IOException {
        SplittableRandom random = new SplittableRandom(Property.seed());
        Layout layout = new Layout(directory);
        IndexKeeper keeper = new IndexKeeper(layout, InstantSource.system(), Progress.silent());
        Map<String, String> model = new TreeMap<>();
        OffsetTable table = keeper.open();
        for (int round = 0; round < 600; round++) {
            String id = "p" + random.nextInt(300);
            if (random.nextInt(4) > 0) {
                String text = "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 90_000 : 300));
                table =
                        keeper.put(
                                table,
                                new IndexRewrite.Member(
                                        id, Bytes.utf8("{\"d\":\"" + text + "\"}"), false),
                                table.header().applied());
                model.put(id, text);
            } else {
                table = keeper.remove(table, id, table.header().applied());
                model.remove(id);
            }
            if (round % 50 == 0 || random.nextInt(100) == 0) {
                table.close();
                table = keeper.open();
            }
            if (round % 20 == 0) {
                check(layout, keeper, table, model);
            }
        }
        check(layout, keeper, table, model);
        table.close();
    }

    private static void check(
            Layout layout, IndexKeeper keeper, OffsetTable table, Map<String, String> model)
            throws IOException {
        JsonObject packages =
                JsonObject.parse(Files.readString(layout.index())).object("packages").orElseThrow();
        String seed = "seed " + Property.seed();
        assertThat(packages.names()).as(seed).containsExactlyInAnyOrderElementsOf(model.keySet());
        assertThat(table.header().shape().members()).as(seed).isEqualTo(model.size());
        for (int i = 0; i < 300; i++) {
            String id = "p" + i;
            Optional<Bytes> value = keeper.value(table, new PackageId(id));
            assertThat(value.map(Bytes::utf8))
                    .as(id + " with " + seed)
                    .isEqualTo(
                            Optional.ofNullable(model.get(id)).map(it -> "{\"d\":\"" + it + "\"}"));
        }
    }
}
