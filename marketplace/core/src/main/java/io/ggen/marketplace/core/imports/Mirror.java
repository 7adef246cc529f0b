package io.ggen.marketplace.core.imports;

import io.ggen.base.Sha256;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.PackageSource;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Copies signed releases from one registry to another, version by version. What is there already is
 * passed over, so that a mirror that was cut short goes on where it ended. A release that cannot be
 * copied is reported and keeps back no other. For one thread.
 */
public final class Mirror {
    private static final int MOST = 1_000_000;

    private final Registry from;
    private final Registry to;
    private final Choice choice;
    private final List<ImportOutcome.Entry> copied = new ArrayList<>();
    private final List<ImportOutcome.Entry> unchanged = new ArrayList<>();
    private final List<Fault> rejected = new ArrayList<>();

    /**
     * What is copied.
     *
     * @param query the packages that match; an empty text is all of them
     * @param leftOut record ids of releases that stay behind
     */
    public record Choice(String query, Set<Sha256> leftOut) {
        /** Copies the set. */
        public Choice {
            leftOut = Set.copyOf(leftOut);
        }
    }

    private Mirror(Registry from, Registry to, Choice choice) {
        this.from = from;
        this.to = to;
        this.choice = choice;
    }

    /** Copies what is chosen; blocks until all of it was tried. */
    public static ImportOutcome run(Registry from, Registry to, Choice choice, Progress progress) {
        Mirror mirror = new Mirror(from, to, choice);
        List<SearchHit> hits = from.search(Query.of(choice.query(), MOST)).hits();
        try (Progress.Task task = progress.start("mirroring", hits.size())) {
            for (SearchHit hit : hits) {
                mirror.copyAll(new PackageRef(hit.id(), hit.publisher()));
                task.advance(1);
            }
        }
        return new ImportOutcome(mirror.copied, mirror.unchanged, mirror.rejected, List.of());
    }

    private void copyAll(PackageRef ref) {
        for (VersionListing version : from.listVersions(ref)) {
            try {
                from.getPackageVersion(ref, version.version())
                        .ifPresent(listing -> copy(listing, ref));
            } catch (MarketplaceException e) {
                if (isOfAll(e.code())) {
                    throw e;
                }
                reject(ref + "@" + version.version(), String.valueOf(e.getMessage()), e.hint());
            }
        }
    }

    /** Returns whether an error is of the registry, and not of the release. */
    private static boolean isOfAll(ErrorCode code) {
        return switch (code) {
            case NETWORK, STORAGE, INSUFFICIENT_SPACE, LOCK_TIMEOUT, PERMISSION_DENIED -> true;
            default -> false;
        };
    }

    private void copy(Listing listing, PackageRef ref) {
        var version = listing.release().version();
        String name = ref.id() + "@" + version;
        Optional<Envelope> envelope = listing.envelope();
        if (envelope.isEmpty()) {
            reject(name, "it is not signed", "import it, which signs it with your key");
            return;
        }
        if (choice.leftOut().contains(envelope.get().recordId())) {
            return;
        }
        var entry = new ImportOutcome.Entry(ref.id(), version, listing.source());
        PackageSource content =
                out -> {
                    try (InputStream tar = from.open(listing)) {
                        tar.transferTo(out);
                    }
                };
        boolean known =
                to.getPackageVersion(ref, version)
                        .flatMap(Listing::envelope)
                        .map(Envelope::recordId)
                        .equals(Optional.of(envelope.get().recordId()));
        boolean created = !known && to.publish(envelope.get(), content).created();
        (created ? copied : unchanged).add(entry);
    }

    private void reject(String name, String reason, String hint) {
        rejected.add(new Fault(name, 0, 0, reason, hint));
    }
}
