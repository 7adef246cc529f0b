package io.ggen.marketplace.core.hybrid;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.PackageSource;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.Publication;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryMetadata;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.Yank;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A near registry and a far one as one. Reading asks both at once and merges; one that fails costs
 * its results, never the command, and the user is told why, once. Writing goes to the near one
 * first: when the far one fails after that, the near part stands and the error says so, with
 * NETWORK.
 *
 * <p>Thread-safe when both are. Blocks as they do. Closing closes both.
 */
public final class HybridRegistry implements Registry {
    private static final int OVERLAP = 100;

    private final Registry near;
    private final Registry far;
    private final Progress progress;
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    /** Composes {@code near}, such as a directory, and {@code far}, such as the network. */
    public HybridRegistry(Registry near, Registry far, Progress progress) {
        this.near = near;
        this.far = far;
        this.progress = progress;
    }

    private <T> BothAnswers<T> ask(String what, Function<Registry, T> question) {
        BothAnswers<T> both =
                BothAnswers.ask(() -> question.apply(near), () -> question.apply(far));
        both.nearFailure().ifPresent(it -> sayOnce(what, near, it));
        both.farFailure().ifPresent(it -> sayOnce(what, far, it));
        return both;
    }

    /** Tells that a registry does not answer, once however often it is asked. */
    private void sayOnce(String what, Registry registry, MarketplaceException failure) {
        String name = name(registry);
        if (silent.add(name + " " + said(failure))) {
            progress.say("cannot " + what + " in the " + name + " registry: " + said(failure));
        }
    }

    private static String said(MarketplaceException failure) {
        return failure.getMessage() + " (" + failure.code() + ")";
    }

    private static String name(Registry registry) {
        return registry.metadata().scheme();
    }

    @Override
    public SearchResults search(Query query) {
        Query wider = widened(query);
        BothAnswers<SearchResults> found = ask("search", it -> it.search(wider));
        List<SearchResults> answers = new ArrayList<>();
        found.near().ifPresent(answers::add);
        found.far().ifPresent(answers::add);
        return MergedResults.of(answers, query.limit(), !found.isComplete());
    }

    /** Asks for more than is shown, so that what both found is counted once. */
    private static Query widened(Query query) {
        return query.withLimit(Math.max(query.limit(), OVERLAP));
    }

    @Override
    public List<VersionListing> listVersions(PackageRef ref) {
        BothAnswers<List<VersionListing>> found = ask("list " + ref, it -> it.listVersions(ref));
        return MergedVersions.of(
                ref, found.near().orElse(List.of()), found.far().orElse(List.of()));
    }

    @Override
    public Optional<Listing> getPackage(PackageRef ref) {
        return VersionListing.newest(listVersions(ref))
                .flatMap(it -> getPackageVersion(reference(ref, it), it.version()));
    }

    private static PackageRef reference(PackageRef ref, VersionListing listing) {
        return listing.publisher().map(it -> PackageRef.of(ref.id(), it)).orElse(ref);
    }

    @Override
    public Optional<Listing> getPackageVersion(PackageRef ref, Version version) {
        BothAnswers<Optional<Listing>> found =
                ask("read " + ref + "@" + version, it -> it.getPackageVersion(ref, version));
        Optional<Listing> first = found.near().orElse(Optional.empty());
        Optional<Listing> second = found.far().orElse(Optional.empty());
        if (first.isEmpty() || second.isEmpty()) {
            return first.or(() -> second);
        }
        MergedVersions.checkOneClaimant(
                ref, first.get().release().publisher(), second.get().release().publisher());
        return Optional.of(merged(first.get(), second.get()));
    }

    /** Prefers a signed one, then the near one; a yank that either knows counts. */
    private static Listing merged(Listing first, Listing second) {
        Listing chosen = first.envelope().isPresent() ? first : second;
        Optional<Yank> yank = first.yank().or(second::yank);
        return new Listing(chosen.release(), chosen.envelope(), yank, chosen.source());
    }

    @Override
    public boolean exists(PackageRef ref) {
        BothAnswers<Boolean> found = ask("look for " + ref, it -> it.exists(ref));
        return found.near().orElse(false) || found.far().orElse(false);
    }

    @Override
    public List<PackageId> similar(PackageId id, int most) {
        var found = ask("look for names like " + id, it -> it.similar(id, most));
        Set<PackageId> both = new LinkedHashSet<>(found.near().orElse(List.of()));
        both.addAll(found.far().orElse(List.of()));
        return both.stream().limit(most).toList();
    }

    @Override
    public List<PackageId> beginning(String prefix, int most) {
        return near.beginning(prefix, most);
    }

    @Override
    public Publication publish(Envelope release, PackageSource content) {
        Publication first = near.publish(release, content);
        Envelope kept = first.listing().envelope().orElse(release);
        try {
            far.publish(kept, content);
            return first; // created or not: of two that race, one came first to the near one
        } catch (MarketplaceException e) {
            throw halfDone("published", e, "publish it again with: ggen marketplace p2p publish");
        }
    }

    @Override
    public void yank(Envelope yank) {
        inBoth("yanked", it -> it.yank(yank), "yank it again once the network is there");
    }

    @Override
    public void delete(PackageRef ref, Version version) {
        inBoth(
                "removed",
                it -> it.delete(ref, version),
                "yank it, so that others no longer choose it: ggen marketplace yank "
                        + ref.id()
                        + "@"
                        + version);
    }

    private void inBoth(String done, Consumer<Registry> change, String hint) {
        Optional<MarketplaceException> absent = Optional.empty();
        try {
            change.accept(near);
        } catch (MarketplaceException e) {
            if (e.code() != ErrorCode.PACKAGE_NOT_FOUND) {
                throw e;
            }
            absent = Optional.of(e);
        }
        try {
            change.accept(far);
        } catch (MarketplaceException e) {
            if (absent.isPresent()) {
                throw e.code() == ErrorCode.PACKAGE_NOT_FOUND ? absent.get() : e;
            }
            if (e.code() != ErrorCode.PACKAGE_NOT_FOUND) {
                throw halfDone(done, e, hint);
            }
        }
    }

    private MarketplaceException halfDone(String done, MarketplaceException cause, String hint) {
        return new MarketplaceException(
                        ErrorCode.NETWORK,
                        done
                                + " in the "
                                + name(near)
                                + " registry, and that stands, but not in the "
                                + name(far)
                                + " registry: "
                                + said(cause),
                        hint,
                        cause.details())
                .causedBy(cause);
    }

    @Override
    public Optional<Instant> asOf() {
        return far.asOf();
    }

    @Override
    public RegistryMetadata metadata() {
        RegistryMetadata first = near.metadata();
        return new RegistryMetadata(
                "hybrid", first.location() + " + " + far.metadata().location(), first.packages());
    }

    /** Opens it where the listing says it is from; the other one is the fallback. */
    @Override
    public InputStream open(Listing listing) {
        boolean isFar = listing.source().equals(name(far));
        Registry first = isFar ? far : near;
        Registry second = isFar ? near : far;
        try {
            return first.open(listing);
        } catch (MarketplaceException e) {
            if (listing.envelope().isEmpty()) {
                throw e;
            }
            progress.say(
                    "the "
                            + name(first)
                            + " registry does not give the content, asking the "
                            + name(second)
                            + " registry: "
                            + said(e));
            return openInstead(second, listing, e);
        }
    }

    private static InputStream openInstead(
            Registry second, Listing listing, MarketplaceException cause) {
        try {
            return second.open(listing);
        } catch (MarketplaceException e) {
            cause.addSuppressed(e);
            throw cause;
        }
    }

    @Override
    public void close() {
        try (far) {
            near.close();
        }
    }
}
