package io.ggen.marketplace.core.install.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PublisherRef;
import io.ggen.marketplace.model.VersionRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ProjectManifestTest {
    private static final String TEXT =
            """
            # what we need
            [project]
            name = "demo"

            [dependencies]
            # the base of all
            "leaf-pack" = "^1.0.0"   # pinned for good reason
            'acme/ui' = { version = "~2.1", publisher = "friend" }

            [other]
            leaf-pack = "untouched"
            """;

    private static ProjectManifest parse(String text) {
        return ProjectManifest.parse("ggen.toml", text);
    }

    private static ProjectManifest with(String text, String id, String range) {
        return parse(text)
                .with(new PackageId(id), VersionRange.parse(range), new PublisherRef.Unnamed());
    }

    @Test
    void readsWhatTheProjectAsksFor() {
        ProjectManifest manifest = parse(TEXT);
        assertThat(manifest.name()).isEqualTo("demo");
        assertThat(manifest.requirements()).hasSize(2);
        assertThat(manifest.requirement(new PackageId("acme/ui")).orElseThrow().publisher())
                .isEqualTo(new PublisherRef.Petname("friend"));
    }

    @Test
    void addsAtTheEndOfTheTable() {
        assertThat(with(TEXT, "new/one", "^3.0.0").text())
                .isEqualTo(
                        TEXT.replace("\"friend\" }\n", "\"friend\" }\n\"new/one\" = \"^3.0.0\"\n"));
    }

    @Test
    void replacesAValueAndKeepsItsComment() {
        assertThat(with(TEXT, "leaf-pack", "^2.0.0").text())
                .isEqualTo(TEXT.replace("^1.0.0", "^2.0.0"));
    }

    @Test
    void makesTheTableWhereThereIsNone() {
        assertThat(with("[project]\nname = \"x\"", "leaf", "*").text())
                .isEqualTo("[project]\nname = \"x\"\n\n[dependencies]\n\"leaf\" = \"*\"\n");
        assertThat(with("", "leaf", "*").text()).isEqualTo("[dependencies]\n\"leaf\" = \"*\"\n");
        assertThat(with("[dependencies]", "leaf", "*").text())
                .isEqualTo("[dependencies]\n\"leaf\" = \"*\"");
    }

    @Test
    void keepsTheLineEndsOfWindows() {
        String windows = TEXT.replace("\n", "\r\n");
        assertThat(with(windows, "new", "1.0.0").text())
                .isEqualTo(
                        windows.replace(
                                "\"friend\" }\r\n", "\"friend\" }\r\n\"new\" = \"1.0.0\"\r\n"));
        assertThat(with(windows, "leaf-pack", "^2.0.0").text())
                .isEqualTo(windows.replace("^1.0.0", "^2.0.0"));
    }

    @Test
    void removesOneEntryAlone() {
        assertThat(parse(TEXT).without(new PackageId("leaf-pack")).text())
                .isEqualTo(
                        TEXT.replace(
                                "\"leaf-pack\" = \"^1.0.0\"   # pinned for good reason\n", ""));
        String table = TEXT + "[dependencies.\"big/one\"]\nversion = \"1\"\n";
        assertThat(parse(table).without(new PackageId("big/one")).text()).isEqualTo(TEXT);
    }

    @Test
    void refusesToEditWhatItCannotEditSafely() {
        String inline = "dependencies = { leaf = \"^1\" }\n";
        assertThatThrownBy(() -> with(inline, "other", "^1"))
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION));
    }

    @Test
    void namesThePlaceOfAFault() {
        assertThatThrownBy(() -> parse("[dependencies]\n\"Bad Id\" = \"^1\"\n"))
                .hasMessageContaining("ggen.toml:2:1");
        assertThatThrownBy(() -> parse("[dependencies\n")).hasMessageContaining("ggen.toml:1:");
    }

    @Test
    void isFoundFromTheFoldersBelow(@TempDir Path folder) throws IOException {
        Path deep = Files.createDirectories(folder.resolve("a/b"));
        assertThat(ProjectManifest.find(deep)).isNotEqualTo(java.util.Optional.of(folder));
        Files.writeString(folder.resolve("ggen.toml"), ProjectManifest.initial("x"));
        assertThat(ProjectManifest.find(deep)).contains(folder);
        assertThat(ProjectManifest.read(folder.resolve("ggen.toml")).name()).isEqualTo("x");
    }
}
