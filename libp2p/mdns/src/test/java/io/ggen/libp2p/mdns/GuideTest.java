package io.ggen.libp2p.mdns;

import io.ggen.testkit.GuidePage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;

final class GuideTest {
    /** {@link NamespacesTest} runs it. */
    @Test
    void theGuideShowsTheExampleThatIsTested() throws IOException {
        new GuidePage(Path.of("../../docs/mdns.md"))
                .shows(Path.of("src/test/java/io/ggen/libp2p/mdns/LanNode.java"));
    }
}
