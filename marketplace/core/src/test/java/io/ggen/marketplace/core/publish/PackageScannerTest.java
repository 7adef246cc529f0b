package io.ggen.marketplace.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.ByteSize;
import io.ggen.base.Bytes;
import io.ggen.content.FileTree;
import io.ggen.content.TreeEntry;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.ManifestParser;
import io.ggen.testkit.TempTree;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

final class PackageScannerTest {
    private static final String MANIFEST = "[package]\nname = \"a\"\nversion = \"1.0.0\"\n";

    @TempDir private Path root;
    private TempTree tree;

    @BeforeEach
    void begin() {
        tree = TempTree.in(root).file("package.toml", MANIFEST);
    }

    @Test
    void takesHiddenFilesAndEmptyFoldersAndLeavesOutGitAndGgen() throws IOException {
        tree.file(".editorconfig", "")
                .directory("empty")
                .file(".git/config", "")
                .file(".ggen/packages/x", "")
                .file("sub/.git", "gitdir")
                .file("sub/a", "");
        assertThat(names(""))
                .containsExactly(".editorconfig", "empty/", "package.toml", "sub/", "sub/a");
    }

    @Test
    void honoursIgnoreFilesOfEveryFolder() throws IOException {
        tree.file(".gitignore", "*.log\n/build/\nsecret/\n")
                .file(".ggenignore", "docs/**\n!docs/keep.md\n")
                .file("a.log", "")
                .file("build/x", "")
                .file("sub/build/x", "")
                .file("sub/.gitignore", "!b.log\n*.tmp\n")
                .file("sub/b.log", "")
                .file("sub/c.tmp", "")
                .file("docs/a.md", "")
                .file("docs/keep.md", "")
                .file("secret/x", "");
        assertThat(names(""))
                .containsExactly(
                        ".ggenignore",
                        ".gitignore",
                        "docs/",
                        "docs/keep.md",
                        "package.toml",
                        "sub/",
                        "sub/.gitignore",
                        "sub/b.log",
                        "sub/build/",
                        "sub/build/x");
    }

    @Test
    void includeNamesAllThatBelongsAndExcludeTakesAway() throws IOException {
        tree.file(".gitignore", "dist/\n")
                .file("dist/a.js", "")
                .file("dist/a.map", "")
                .file("src/x", "")
                .file("README.md", "");
        assertThat(names("include = [\"dist/\", \"README.md\"]\nexclude = [\"*.map\"]\n"))
                .containsExactly("README.md", "dist/", "dist/a.js", "package.toml");
    }

    @Test
    void theManifestAlwaysBelongs() throws IOException {
        tree.file(".gitignore", "*\n").file("x", "");
        assertThat(names("exclude = [\"*.toml\"]\n")).containsExactly("package.toml");
    }

    @Test
    void readsTheExecutableBit() throws IOException {
        tree.executable("run", "#!");
        assertThat(found("").entries())
                .filteredOn(
                        entry -> entry instanceof TreeEntry.RegularFile file && file.executable())
                .extracting(TreeEntry::path)
                .containsExactly("run");
    }

    @Test
    void reportsEveryLinkAndUnsafeOrCollidingNameAtOnce() throws IOException {
        tree.file("target", "")
                .symlink("link", "target")
                .symlink("broken", "/nowhere")
                .file("a:b", "")
                .file("nul", "")
                .file("Read.me", "")
                .file("read.me", "");
        assertThat(found("").faults())
                .extracting(Fault::file)
                .hasSize(5)
                .contains("link", "broken", "\"a:b\"", "\"nul\"");
    }

    @Test
    void neverFollowsALinkToAFolder(@TempDir Path elsewhere) throws IOException {
        TempTree.in(elsewhere).file("private", "");
        tree.symlink("out", elsewhere.toString());
        assertThat(found("").entries()).hasSize(1);
        assertThat(found("").faults()).hasSize(1);
    }

    @Test
    void ignoredLinksAreNoFault() throws IOException {
        tree.symlink("link", "/nowhere").file(".ggenignore", "link\n");
        assertThat(found("").faults()).isEmpty();
    }

    @Test
    void refusesFilesAndPackagesOverTheLimit() throws IOException {
        tree.file("big", Bytes.wrap(new byte[2000])).file("more", Bytes.wrap(new byte[900]));
        var limits = new PublishLimits(new ByteSize(2500), new ByteSize(1000), 10);
        assertThat(PackageScanner.scan(root, "package.toml", manifest(""), limits).faults())
                .extracting(Fault::file)
                .containsExactlyInAnyOrder("big", ".");
    }

    private List<String> names(String more) throws IOException {
        return FileTree.of(found(more).entries()).entries().stream()
                .map(TreeEntry::archiveName)
                .toList();
    }

    private PackageScanner.Found found(String more) throws IOException {
        return PackageScanner.scan(root, "package.toml", manifest(more), PublishLimits.standard());
    }

    private static Manifest manifest(String more) {
        return ManifestParser.require("package.toml", Bytes.utf8(MANIFEST + more));
    }
}
