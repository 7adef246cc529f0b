package io.ggen.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.testkit.TempTree;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

final class FileTreeTest {
    @Test
    void sortsAsArchivesDoAndAddsFolders() {
        FileTree tree =
                Trees.tree(
                        Trees.file("b/c/d", ""),
                        Trees.file("b-a", ""),
                        Trees.file("b.txt", ""),
                        Trees.file("\uD83D\uDE80", ""),
                        Trees.file("\uFF21", ""));
        assertThat(tree.entries())
                .extracting(TreeEntry::archiveName)
                .containsExactly("b-a", "b.txt", "b/", "b/c/", "b/c/d", "\uFF21", "\uD83D\uDE80");
    }

    @Test
    void refusesAFileWhereAFolderStands() {
        assertRefused(
                ContentException.Reason.COLLISION, Trees.file("a", ""), Trees.file("a/b", ""));
        assertRefused(ContentException.Reason.COLLISION, Trees.file("a", ""), Trees.folder("a"));
    }

    @Test
    void refusesNamesThatDifferInCaseAlone() {
        assertRefused(
                ContentException.Reason.COLLISION,
                Trees.file("Read.me", ""),
                Trees.file("read.ME", ""));
        assertRefused(
                ContentException.Reason.COLLISION,
                Trees.file("lib/a", ""),
                Trees.file("LIB/b", ""));
        assertRefused(ContentException.Reason.COLLISION, Trees.file("É", ""), Trees.file("é", ""));
    }

    @Test
    void refusesTheSamePathTwice() {
        assertRefused(ContentException.Reason.COLLISION, Trees.file("a", ""), Trees.file("a", ""));
    }

    @Test
    void scansHiddenFilesEmptyFoldersAndTheExecutableBit(@TempDir Path root) throws IOException {
        TempTree.in(root)
                .file(".hidden", "h")
                .directory("empty")
                .executable("bin/run", "#!")
                .file("skipped/x", "");
        FileTree tree = FileTree.scan(root, (path, directory) -> !path.equals("skipped"));
        assertThat(Trees.describe(tree))
                .containsExactly(".hidden 68", "bin/", "bin/run* 2321", "empty/");
    }

    @Test
    void refusesSymbolicLinksAndNeverFollowsThem(@TempDir Path root) {
        TempTree.in(root).file("a", "").symlink("link", "a");
        assertThatThrownBy(() -> FileTree.scan(root, PathFilter.everything()))
                .isInstanceOf(ContentException.class)
                .hasMessageContaining("symbolic link")
                .hasMessageContaining("link");
    }

    @Test
    void failsWhenAFileChangesWhileItIsRead() {
        var grown =
                new TreeEntry.RegularFile(
                        "a", 3, false, ByteSource.of(io.ggen.base.Bytes.utf8("four")));
        assertThatThrownBy(() -> ContentHasher.digest(Trees.tree(grown), BlockSink.discard()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed");
    }

    private static void assertRefused(ContentException.Reason reason, TreeEntry... entries) {
        assertThatThrownBy(() -> Trees.tree(entries))
                .isInstanceOfSatisfying(
                        ContentException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
