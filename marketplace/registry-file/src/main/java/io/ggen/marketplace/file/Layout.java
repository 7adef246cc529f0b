package io.ggen.marketplace.file;

import io.ggen.base.Sha256;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.nio.file.Path;

/** Where everything of a file registry lies. Pure: it touches no disk. */
record Layout(Path root) {
    static final String RELEASE = "release.dsse.json";
    static final String YANK = "yank.dsse.json";
    static final String REMOVED = "removed.json";
    static final String PACKAGE = "package.json";

    Path index() {
        return root.resolve("index.json");
    }

    Path temporaryIndex() {
        return root.resolve("index.json.tmp");
    }

    /** Returns the name of the {@code number}th damaged index that is kept, from 1. */
    Path corrupted(int number) {
        return root.resolve("index.json.corrupted" + (number == 1 ? "" : "." + number));
    }

    Path offsets() {
        return root.resolve("index.json.offsets");
    }

    Path changes() {
        return root.resolve("index.json.changes");
    }

    Path lock() {
        return root.resolve("index.json.lock");
    }

    /** Returns where versions are made before they appear. No package id begins with a dot. */
    Path staging() {
        return root.resolve(".staging");
    }

    /** Returns where the record {@code id} is kept that contradicts an admitted one. */
    Path evidence(Sha256 id) {
        return root.resolve(".evidence").resolve(id.hex() + ".dsse.json");
    }

    /** Returns the file of record ids by sequence of one chain. */
    Path chain(Did publisher, String chain) {
        return root.resolve(".chains").resolve(chain + "-" + publisher.text().substring(8));
    }

    Path folder(PackageId id) {
        return Home.folder(root, id);
    }

    Path folder(PackageId id, Version version) {
        return folder(id).resolve(version.toString());
    }

    Path archive(PackageId id, Version version) {
        return folder(id, version).resolve(archiveName(id, version));
    }

    static String archiveName(PackageId id, Version version) {
        return id.name() + "-" + version + ".tar.gz";
    }

    /** Returns the archive's path below the root, with {@code /}, as index.json names it. */
    static String downloadUrl(PackageId id, Version version) {
        return id.folder() + "/" + version + "/" + archiveName(id, version);
    }
}
