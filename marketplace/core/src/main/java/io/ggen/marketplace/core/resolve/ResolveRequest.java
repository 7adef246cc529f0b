package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is to be resolved.
 *
 * @param requirements what is asked for directly; their order does not matter
 * @param locked the versions that are preferred while they fit, exempt from yanks and from {@code
 *     admission}; with the publisher the lockfile names, without one for unsigned entries
 * @param yankedAllowed whether yanked versions may be newly chosen, after all others; default no
 * @param admission what else may not be newly chosen; default {@link Admission#EVERYTHING}
 * @param unwanted ids that are left out wherever they are optional; default none
 */
public record ResolveRequest(
        List<Dependency> requirements,
        Map<PackageRef, Version> locked,
        boolean yankedAllowed,
        Admission admission,
        Set<PackageId> unwanted) {
    /** Copies the collections. */
    public ResolveRequest {
        requirements = List.copyOf(requirements);
        locked = Map.copyOf(locked);
        unwanted = Set.copyOf(unwanted);
    }

    /** Returns a request with every option at its default. */
    public static ResolveRequest of(List<Dependency> requirements) {
        return new ResolveRequest(requirements, Map.of(), false, Admission.EVERYTHING, Set.of());
    }

    /** Returns this request with other requirements. */
    public ResolveRequest asking(List<Dependency> others) {
        return new ResolveRequest(others, locked, yankedAllowed, admission, unwanted);
    }

    /** Returns this request with the versions of a lockfile to prefer. */
    public ResolveRequest preferring(Map<PackageRef, Version> lockedVersions) {
        return new ResolveRequest(requirements, lockedVersions, yankedAllowed, admission, unwanted);
    }

    /** Returns this request without preference for the locked versions of {@code ids}. */
    public ResolveRequest refreshing(Collection<PackageId> ids) {
        Set<PackageId> refreshed = new HashSet<>(ids);
        Map<PackageRef, Version> kept =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        locked.forEach((ref, version) -> {
            if (!refreshed.contains(ref.id())) {
                kept.put(ref, version);
            }
        });
        return preferring(kept);
    }

    /** Returns this request with yanked versions allowed. */
    public ResolveRequest allowingYanked() {
        return new ResolveRequest(requirements, locked, true, admission, unwanted);
    }

    /** Returns this request with a rule on new versions. */
    public ResolveRequest admitting(Admission rule) {
        return new ResolveRequest(requirements, locked, yankedAllowed, rule, unwanted);
    }

    /** Returns this request that leaves {@code ids} out wherever they are optional. */
    public ResolveRequest without(Collection<PackageId> ids) {
        return new ResolveRequest(requirements, locked, yankedAllowed, admission, Set.copyOf(ids));
    }
}
