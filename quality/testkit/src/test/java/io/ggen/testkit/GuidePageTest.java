package io.ggen.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class GuidePageTest {
    @TempDir private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void anExampleIsShownWhateverItsIndentation() throws IOException {
        Path source =
                file("A.java", "{\n  // example begins\n  a();\n\n  b();\n  // example ends\n}");
        new GuidePage(file("page.md", "Text\n```java\na();\nb();\n```\n")).shows(source);
    }

    @Test
    void anExampleThatDiffersIsAnError() throws IOException {
        Path source = file("A.java", "// example begins\na();\nb();\n// example ends\n");
        for (String text : new String[] {"a();\nc();\nb();", "b();\na();", "a();"}) {
            var page = new GuidePage(file("page.md", text));
            assertThatThrownBy(() -> page.shows(source))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("page.md");
        }
    }

    @Test
    void aSourceWithoutExampleIsAnError() throws IOException {
        Path source = file("A.java", "// example begins\n// example ends\n");
        var page = new GuidePage(file("page.md", ""));
        assertThatThrownBy(() -> page.shows(source)).hasMessageContaining("no example");
    }
}
