package io.ggen.marketplace.file;

import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the truth: which packages and versions have a folder, and what is in it. */
final class Folders {
    private final Layout layout;

    Folders(Layout layout) {
        this.layout = layout;
    }

    /** What a version's folder says. */
    enum State {
        /** It has a signed record. */
        SIGNED,
        /** It was unpublished; whatever else is in it does not count. */
        REMOVED,
        /** It has a package.json without a signed record: the old program's. */
        UNSIGNED,
        /** It says nothing. */
        NOTHING
    }

    /** A version's folder. */
    record VersionFolder(Version version, State state, boolean yanked) {}

    /** Returns the state of one version. */
    VersionFolder version(PackageId id, Version version) {
        Path folder = layout.folder(id, version);
        State state;
        if (Files.exists(folder.resolve(Layout.REMOVED))) {
            state = State.REMOVED;
        } else if (Files.exists(folder.resolve(Layout.RELEASE))) {
            state = State.SIGNED;
        } else {
            state = Files.exists(folder.resolve(Layout.PACKAGE)) ? State.UNSIGNED : State.NOTHING;
        }
        boolean yanked = state == State.SIGNED && Files.exists(folder.resolve(Layout.YANK));
        return new VersionFolder(version, state, yanked);
    }

    /** Returns every version that has a folder, in any order. */
    List<VersionFolder> versions(PackageId id) throws IOException {
        List<VersionFolder> versions = new ArrayList<>();
        for (String name : names(layout.folder(id))) {
            Optional<Version> version = Names.version(name);
            if (version.isPresent()) {
                versions.add(version(id, version.get()));
            }
        }
        return versions;
    }

    /** Returns every id that has a folder, in any order. */
    List<PackageId> ids() throws IOException {
        List<PackageId> ids = new ArrayList<>();
        for (String name : names(layout.root())) {
            if (name.startsWith("@")) {
                for (String scoped : names(layout.root().resolve(name))) {
                    Names.id(name.substring(1) + "/" + scoped).ifPresent(ids::add);
                }
            } else {
                Names.id(name)
                        .filter(it -> Files.isDirectory(layout.folder(it)))
                        .ifPresent(ids::add);
            }
        }
        return ids;
    }

    /** Returns every id that has a folder and begins with {@code prefix}, sorted. */
    List<PackageId> beginning(String prefix) throws IOException {
        List<PackageId> ids = new ArrayList<>();
        int slash = prefix.indexOf('/');
        String scope = slash < 0 ? prefix : prefix.substring(0, slash);
        for (String name : names(layout.root())) {
            boolean scoped = name.startsWith("@" + scope);
            if (scoped && (slash < 0 || name.length() == slash + 1)) {
                for (String inner : names(layout.root().resolve(name))) {
                    add(ids, name.substring(1) + "/" + inner, prefix);
                }
            } else {
                add(ids, name, prefix);
            }
        }
        ids.sort(null);
        return ids;
    }

    private void add(List<PackageId> ids, String name, String prefix) {
        if (name.startsWith(prefix)) {
            Names.id(name).filter(it -> Files.isDirectory(layout.folder(it))).ifPresent(ids::add);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path entry : stream) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        return names;
    }
}
