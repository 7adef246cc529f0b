package io.ggen.marketplace.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The examples of docs/guide/manifest.md are manifests, and its tables name every field. */
final class ManifestGuideTest {
    private static final Path GUIDE = Path.of("../../docs/guide/manifest.md");

    @Test
    void everyExampleCanBePublished() throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (String example : examples()) {
            ManifestReading reading = ManifestParser.parse("package.toml", example);
            assertThat(reading).isInstanceOf(ManifestReading.Sound.class);
            assertThat(((ManifestReading.Sound) reading).warnings()).isEmpty();
            manifests.add(((ManifestReading.Sound) reading).manifest());
        }
        assertThat(manifests)
                .extracting(m -> m.id().text())
                .containsExactly("acme/ui", "startup-essentials");
        assertThat(manifests.getFirst().dependencies()).hasSize(3);
        assertThat(manifests.getLast().dependencies()).hasSize(2);
    }

    @Test
    void everyFieldHasARow() throws IOException {
        String guide = Files.readString(GUIDE);
        assertThat(ManifestParser.KEYS)
                .allSatisfy(key -> assertThat(guide).contains("| `" + key + "` |"));
    }

    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        for (String part : Files.readString(GUIDE).split("```toml\n", -1)) {
            examples.add(part.substring(0, Math.max(0, part.indexOf("```"))));
        }
        return examples.subList(1, examples.size());
    }
}
