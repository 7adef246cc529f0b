package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.testkit.Gen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Trees for tests. */
public final class Trees {
    private Trees() {}

    /** Returns a file with that text. */
    public static TreeEntry file(String path, String content) {
        Bytes bytes = Bytes.utf8(content);
        return new TreeEntry.RegularFile(path, bytes.length(), false, ByteSource.of(bytes));
    }

    static TreeEntry executable(String path, String content) {
        Bytes bytes = Bytes.utf8(content);
        return new TreeEntry.RegularFile(path, bytes.length(), true, ByteSource.of(bytes));
    }

    static TreeEntry folder(String path) {
        return new TreeEntry.Directory(path);
    }

    /** Returns the tree of these entries. */
    public static FileTree tree(TreeEntry... entries) {
        return FileTree.of(List.of(entries));
    }

    static Bytes tar(FileTree tree) throws IOException {
        var out = new ByteArrayOutputStream();
        CanonicalTar.write(tree, out);
        return Bytes.wrap(out.toByteArray());
    }

    /** Trees of up to 30 entries with nested, long and non-ASCII names and files of any size. */
    static Gen<FileTree> any() {
        Gen<String> segment =
                Gen.anyOf(
                        Gen.strings("abc-_0", 1, 3),
                        Gen.strings("xyz.é漢", 1, 80).map(name -> name + "q"),
                        Gen.strings("l", 90, 250));
        Gen<String> path = Gen.lists(segment, 1, 3).map(segments -> String.join("/", segments));
        Gen<Bytes> content = Gen.anyOf(Gen.bytes(0), Gen.bytes(20), Gen.bytes(2000));
        Gen<TreeEntry> entry =
                random -> {
                    String at = path.next(random);
                    return random.nextInt(5) == 0
                            ? folder(at)
                            : ofBytes(at, content.next(random), random.nextBoolean());
                };
        return Gen.lists(entry, 0, 30).map(Trees::withoutCollisions);
    }

    /** Returns a file with those bytes. */
    public static TreeEntry ofBytes(String path, Bytes content, boolean executable) {
        return new TreeEntry.RegularFile(
                path, content.length(), executable, ByteSource.of(content));
    }

    private static FileTree withoutCollisions(List<TreeEntry> drawn) {
        var kept = new TreeMap<String, TreeEntry>();
        for (TreeEntry entry : drawn) {
            List<TreeEntry> trial = new ArrayList<>(kept.values());
            trial.add(entry);
            try {
                FileTree.of(trial);
                kept.put(entry.path(), entry);
            } catch (ContentException e) {
                kept.remove("");
            }
        }
        return FileTree.of(List.copyOf(kept.values()));
    }

    /** Describes a tree with all its content, to compare. */
    static List<String> describe(FileTree tree) throws IOException {
        List<String> lines = new ArrayList<>();
        for (TreeEntry entry : tree.entries()) {
            lines.add(
                    switch (entry) {
                        case TreeEntry.Directory folder -> folder.archiveName();
                        case TreeEntry.RegularFile file -> {
                            try (var in = file.source().open()) {
                                yield file.path()
                                        + (file.executable() ? "*" : "")
                                        + " "
                                        + Bytes.wrap(in.readAllBytes()).hex();
                            }
                        }
                    });
        }
        return lines;
    }
}
