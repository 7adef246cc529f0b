package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.store.StoredRelease;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseCodec;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The signed releases that this home verified when they came, for some packages. Immutable. */
final class Seen {
    private final Map<String, List<StoredRelease>> releases;

    private Seen(Map<String, List<StoredRelease>> releases) {
        this.releases = releases;
    }

    private static String name(Did publisher, PackageId id, Version version) {
        return publisher.text() + " " + id.text() + " " + version;
    }

    /** Asks the store for all records of {@code packages}; a home without a store saw none. */
    static Seen of(InstallEnvironment environment, Collection<LockedPackage> packages)
            throws IOException {
        Map<PackageRef, Version> named = HashMap.newHashMap(packages.size());
        for (LockedPackage one : packages) {
            if (one.publisher().isPresent()) {
                named.put(one.ref(), one.version());
            }
        }
        Map<String, List<StoredRelease>> releases = HashMap.newHashMap(named.size());
        if (!named.isEmpty() && Files.exists(environment.home().store())) {
            for (StoredRelease one : environment.store().releases(named)) {
                releases.computeIfAbsent(
                                name(one.publisher(), one.id(), one.version()),
                                it -> new ArrayList<>(1))
                        .add(one);
            }
        }
        return new Seen(releases);
    }

    /** Returns of how many packages a record was seen. */
    int size() {
        return releases.size();
    }

    private List<StoredRelease> all(LockedPackage one) {
        return one.publisher()
                .map(did -> releases.get(name(did, one.id(), one.version())))
                .orElse(List.of());
    }

    /** Returns the record of the release that is locked, where it was verified here. */
    Optional<Envelope> envelope(LockedPackage one) {
        return stored(one, true);
    }

    /** Returns the release that is locked, where it was verified here. */
    Optional<Release> release(LockedPackage one) {
        return envelope(one).map(it -> ReleaseCodec.decode(it.payload()));
    }

    /** Returns a record of the same publisher, id and version that speaks of other content. */
    Optional<Envelope> rival(LockedPackage one) {
        return stored(one, false);
    }

    private Optional<Envelope> stored(LockedPackage one, boolean same) {
        for (StoredRelease release : all(one)) {
            if (release.sha256().equals(one.integrity()) == same) {
                return Optional.of(EnvelopeCodec.decode(release.envelope()));
            }
        }
        return Optional.empty();
    }
}
