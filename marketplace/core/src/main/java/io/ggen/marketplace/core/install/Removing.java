package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.install.project.ProjectManifest;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans what removing packages changes. */
final class Removing {
    private final InstallEnvironment environment;
    private final ChangeRequest request;
    private final Situation situation;
    private final Owners owners;

    Removing(
            InstallEnvironment environment,
            ChangeRequest request,
            Situation situation,
            Owners owners) {
        this.environment = environment;
        this.request = request;
        this.situation = situation;
        this.owners = owners;
    }

    Plan plan() {
        Wanted before = situation.wanted(owners);
        Optional<ProjectManifest> manifest = situation.manifest();
        for (PackageId id : request.ids()) {
            if (before.get(id).isEmpty()) {
                throw notDirect(id, situation.lockfile());
            }
            manifest = manifest.map(one -> one.without(id));
        }
        var planner = new Planner(environment, request.place(), request.flags(), situation, owners);
        Plan plan = planner.plan(Planner.Goal.of(before.without(Set.copyOf(request.ids()))));
        return plan.withManifest(manifest.map(ProjectManifest::text));
    }

    static void requireLocked(PackageId id, Lockfile locked) {
        if (locked.get(id).isEmpty()) {
            throw notDirect(id, locked);
        }
    }

    private static MarketplaceException notDirect(PackageId id, Lockfile locked) {
        if (locked.get(id).isEmpty()) {
            return new MarketplaceException(
                    ErrorCode.PACKAGE_NOT_FOUND,
                    id + " is not installed here.",
                    "`ggen m list` shows what is.",
                    Map.of("id", id.text()));
        }
        List<String> askers = new ArrayList<>();
        for (LockedPackage one : locked.packages()) {
            if (one.dependencies().contains(id)) {
                askers.add(one.toString());
            }
        }
        return new MarketplaceException(
                ErrorCode.DEPENDENCY,
                id + " is needed by " + String.join(", ", askers) + " and not asked for directly.",
                "Remove what needs it; `ggen m why " + id + "` shows the way.",
                Map.of("id", id.text()));
    }
}
