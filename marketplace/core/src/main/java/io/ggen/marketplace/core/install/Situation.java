package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.install.project.ProjectManifest;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Requirement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a place holds before anything changes.
 *
 * @param lockText the lockfile's text; empty where there is none
 * @param manifest the project manifest, where the place has one and it counts
 */
record Situation(Optional<String> lockText, Lockfile lockfile, Optional<ProjectManifest> manifest) {
    /** Reads the place's files. */
    static Situation read(InstallPlace place, boolean manifestCounts) {
        Optional<String> lockText = Lockfile.readText(place.lockfile());
        Lockfile lockfile =
                lockText.map(text -> Lockfile.parse(place.lockfile().toString(), text))
                        .orElse(Lockfile.empty());
        return new Situation(
                lockText,
                lockfile,
                manifestCounts ? place.manifest().map(ProjectManifest::read) : Optional.empty());
    }

    /** Returns what is asked for directly: by the manifest, else by the lockfile's own ranges. */
    Wanted wanted(Owners owners) {
        List<Dependency> requirements = new ArrayList<>();
        if (manifest.isPresent()) {
            for (Requirement one : manifest.get().requirements()) {
                requirements.add(
                        new Dependency(
                                one.id(),
                                one.range(),
                                owners.meant(one.publisher()),
                                one.optional()));
            }
            return new Wanted(requirements);
        }
        for (LockedPackage one : lockfile.packages()) {
            one.requested()
                    .ifPresent(range ->
                            requirements.add(
                                    new Dependency(one.id(), range, Optional.empty(), false)));
        }
        return new Wanted(requirements);
    }
}
