package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.install.project.ProjectManifest;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where packages stand together with their lockfile.
 *
 * @param kind what kind of place it is
 * @param packages the folder that holds one folder for each package
 * @param lockfile what they are
 * @param manifest the project manifest, where a project asks for them
 * @param guarded folders that must not be links: those that a cloned repository could bring along
 */
public record InstallPlace(
        Kind kind, Path packages, Path lockfile, Optional<Path> manifest, List<Path> guarded) {
    /** What kind of place it is. */
    public enum Kind {
        /** The packages of a whole home: what is asked for here gets pinned. */
        GLOBAL,
        /** The packages of a project. */
        PROJECT,
        /** A folder of its own. */
        TARGET
    }

    /** Copies the list. */
    public InstallPlace {
        guarded = List.copyOf(guarded);
    }

    /** Returns the place of the packages of a whole home. */
    public static InstallPlace global(Path packages) {
        return plain(Kind.GLOBAL, packages);
    }

    /** Returns the place of the packages of the project in {@code folder}. */
    public static InstallPlace project(Path folder) {
        Path hidden = folder.resolve(".ggen");
        Path packages = hidden.resolve("packages");
        return new InstallPlace(
                Kind.PROJECT,
                packages,
                folder.resolve(Lockfile.NAME),
                Optional.of(folder.resolve(ProjectManifest.NAME)),
                List.of(hidden, packages));
    }

    /** Returns a place of its own in {@code folder}. */
    public static InstallPlace target(Path folder) {
        return plain(Kind.TARGET, folder);
    }

    private static InstallPlace plain(Kind kind, Path packages) {
        return new InstallPlace(
                kind, packages, packages.resolve(Lockfile.NAME), Optional.empty(), List.of());
    }

    boolean isGlobal() {
        return kind == Kind.GLOBAL;
    }

    /** Returns the folder of a package. */
    public Path folder(PackageId id) {
        return Home.folder(packages, id);
    }

    /** Refuses a place where a link would lead what is written or removed somewhere else. */
    void refuseLinks() {
        guarded.forEach(InstallPlace::refuseLink);
    }

    /** Refuses a package whose scope folder is a link. */
    void refuseLinks(PackageId id) {
        if (id.scope().isPresent()) {
            Path parent = folder(id).getParent();
            if (parent != null) {
                refuseLink(parent);
            }
        }
    }

    private static void refuseLink(Path folder) {
        if (Files.isSymbolicLink(folder)
                || (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))) {
            throw new MarketplaceException(
                    ErrorCode.SECURITY,
                    "Nothing is written through " + folder + ": it is a link or no folder.",
                    "Remove it if it is not yours: packages stand in real folders.");
        }
    }

    Path state() {
        return packages.resolve(".state");
    }

    Path lock() {
        return packages.resolve(".lock");
    }

    Path staging() {
        return packages.resolve(".new");
    }

    Path aside() {
        return packages.resolve(".old");
    }

    Path transaction() {
        return packages.resolve(".transaction");
    }
}
