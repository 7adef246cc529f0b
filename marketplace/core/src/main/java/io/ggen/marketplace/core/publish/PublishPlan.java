package io.ggen.marketplace.core.publish;

import io.ggen.content.ContentDigest;
import io.ggen.content.FileTree;
import io.ggen.content.TreeEntry;
import io.ggen.marketplace.model.Content;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.Manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A package that can be published: nothing is signed or sent yet.
 *
 * @param directory where it lies
 * @param manifestFile the manifest's path, for messages
 * @param manifest with the version that is to be published
 * @param tree its files
 * @param digest the content's identity
 * @param warnings what its author should look at
 */
public record PublishPlan(
        Path directory,
        String manifestFile,
        Manifest manifest,
        FileTree tree,
        ContentDigest digest,
        List<Fault> warnings) {
    /** Copies the list. */
    public PublishPlan {
        warnings = List.copyOf(warnings);
    }

    /** A file of the package and its bytes. */
    public record ListedFile(String path, long size) {}

    /** Returns every file, sorted by path. */
    public List<ListedFile> files() {
        List<ListedFile> files = new ArrayList<>();
        for (TreeEntry.RegularFile file : tree.files()) {
            files.add(new ListedFile(file.path(), file.size()));
        }
        return files;
    }

    /** Returns the content as a record states it. */
    public Content content() {
        return new Content(
                digest.cid(),
                digest.sha256(),
                digest.sizeBytes(),
                digest.files(),
                digest.executables());
    }

    /** Returns this plan with more warnings. */
    PublishPlan warning(List<Fault> more) {
        List<Fault> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new PublishPlan(directory, manifestFile, manifest, tree, digest, all);
    }

    @Override
    public String toString() {
        return manifest.id() + "@" + manifest.version();
    }
}
