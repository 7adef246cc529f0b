package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.project.ProjectManifest;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PublisherRef;
import io.ggen.marketplace.model.Requirement;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans what adding packages changes: the manifest's lines, or the ranges in the lockfile. */
final class Adding {
    private final InstallRequest request;
    private final Situation situation;
    private final Owners owners;
    private final Planner planner;

    Adding(
            InstallEnvironment environment,
            InstallRequest request,
            Situation situation,
            Owners owners) {
        this.request = request;
        this.situation = situation;
        this.owners = owners;
        this.planner =
                new Planner(environment, request.place(), request.flags(), situation, owners);
    }

    Plan plan() {
        Wanted before = situation.wanted(owners);
        List<Dependency> asked = new ArrayList<>();
        Map<PackageId, Did> named = new HashMap<>();
        for (PackageSpec spec : request.specs()) {
            request.publisher().ifPresent(did -> named.put(spec.id(), did));
            asked.add(dependency(spec, before));
        }
        Plan plan = planner.plan(new Planner.Goal(before.with(asked), named, Set.of()));
        return situation.manifest().isPresent()
                ? withManifest(plan, situation.manifest().get(), before)
                : plan;
    }

    private static Dependency dependency(PackageSpec spec, Wanted before) {
        Optional<Dependency> old = before.get(spec.id());
        VersionRange range =
                spec.range().or(() -> old.map(Dependency::range)).orElseGet(VersionRange::any);
        return new Dependency(
                spec.id(),
                range,
                old.flatMap(Dependency::publisher),
                old.map(Dependency::optional).orElse(false));
    }

    private Plan withManifest(Plan plan, ProjectManifest manifest, Wanted before) {
        ProjectManifest edited = manifest;
        for (PackageSpec spec : request.specs()) {
            VersionRange range =
                    spec.range()
                            .or(() -> before.range(spec.id()))
                            .orElseGet(() -> caret(plan.lockfile().get(spec.id())));
            PublisherRef publisher = publisher(spec.id(), manifest);
            Optional<Requirement> old = manifest.requirement(spec.id());
            boolean same =
                    old.isPresent()
                            && old.get().range().equals(range)
                            && old.get().publisher().equals(publisher);
            edited = same ? edited : edited.with(spec.id(), range, publisher);
        }
        return plan.withManifest(Optional.of(edited.text()));
    }

    private PublisherRef publisher(PackageId id, ProjectManifest manifest) {
        if (request.publisher().isPresent()) {
            return new PublisherRef.Key(request.publisher().get());
        }
        return manifest.requirement(id)
                .map(Requirement::publisher)
                .orElseGet(PublisherRef.Unnamed::new);
    }

    private static VersionRange caret(Optional<LockedPackage> chosen) {
        Version version = chosen.orElseThrow().version();
        return VersionRange.parse("^" + version);
    }
}
