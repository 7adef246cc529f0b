package io.ggen.marketplace.core;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.Yank;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A registry in memory that keeps the contract and several claimants of one id, and fails on
 * demand. Thread-safe.
 */
public final class FakeRegistry implements Registry {
    private final String source;
    private final TreeMap<Key, Kept> packages = new TreeMap<>();
    private Optional<MarketplaceException> failure = Optional.empty();

    /** Makes an empty registry whose results say {@code source}. */
    public FakeRegistry(String source) {
        this.source = source;
    }

    private record Key(PackageId id, Did publisher, Version version) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = id.compareTo(other.id);
            order = order != 0 ? order : publisher.compareTo(other.publisher);
            return order != 0 ? order : version.compareTo(other.version);
        }
    }

    private record Kept(Listing listing, Bytes tar, boolean removed) {}

    /** Makes every operation fail from now on. */
    public synchronized void fail(ErrorCode code, String message) {
        failure = Optional.of(new MarketplaceException(code, message, "mend it"));
    }

    /** Makes operations work again. */
    public synchronized void heal() {
        failure = Optional.empty();
    }

    private void check() {
        failure.ifPresent(it -> {
            throw it;
        });
    }

    private List<Kept> of(PackageRef ref) {
        check();
        List<Kept> found = new ArrayList<>();
        for (Map.Entry<Key, Kept> entry : packages.entrySet()) {
            if (entry.getKey().id().equals(ref.id())
                    && !entry.getValue().removed()
                    && ref.publisher().map(entry.getKey().publisher()::equals).orElse(true)) {
                found.add(entry.getValue());
            }
        }
        if (found.stream().map(it -> it.listing.release().publisher()).distinct().count() > 1) {
            throw new MarketplaceException(
                    ErrorCode.AMBIGUOUS_NAME, ref + " has several claimants", "name one");
        }
        return found;
    }

    @Override
    public synchronized SearchResults search(Query query) {
        check();
        TreeMap<String, SearchHit> hits = new TreeMap<>();
        for (Map.Entry<Key, Kept> entry : packages.entrySet()) {
            Release release = entry.getValue().listing.release();
            boolean matches =
                    (release.id() + " " + release.about().description()).contains(query.text());
            if (matches && !entry.getValue().removed()) {
                hits.put(
                        release.id() + " " + entry.getKey().publisher(),
                        hit(entry.getValue().listing));
            }
        }
        List<SearchHit> shown = hits.values().stream().limit(query.limit()).toList();
        return new SearchResults(shown, hits.size(), false, Map.of(), Map.of());
    }

    @Override
    public synchronized List<PackageId> similar(PackageId id, int most) {
        check();
        List<Skeleton> near = Skeleton.of(id).neighbours();
        return packages.keySet().stream()
                .map(Key::id)
                .distinct()
                .filter(it -> !it.equals(id) && near.contains(Skeleton.of(it)))
                .filter(it -> !Skeleton.isSeries(id, it))
                .limit(most)
                .toList();
    }

    private SearchHit hit(Listing listing) {
        Release release = listing.release();
        return new SearchHit(
                release.id(),
                release.version(),
                release.publisher(),
                release.about().description(),
                release.about().categories(),
                release.about().tags(),
                source,
                1,
                OptionalDouble.empty(),
                0);
    }

    @Override
    public synchronized Optional<Listing> getPackage(PackageRef ref) {
        Optional<Listing> newest = Optional.empty();
        for (Kept kept : of(ref)) {
            Version version = kept.listing.release().version();
            boolean better =
                    newest.isEmpty()
                            || newest.get().release().version().isPreRelease()
                            || !version.isPreRelease();
            if (kept.listing.yank().isEmpty() && better) {
                newest = Optional.of(kept.listing);
            }
        }
        return newest;
    }

    @Override
    public synchronized Optional<Listing> getPackageVersion(PackageRef ref, Version version) {
        return of(ref).stream()
                .map(Kept::listing)
                .filter(it -> it.release().version().equals(version))
                .findFirst();
    }

    @Override
    public synchronized List<VersionListing> listVersions(PackageRef ref) {
        List<VersionListing> versions = new ArrayList<>();
        for (Kept kept : of(ref)) {
            Release release = kept.listing.release();
            versions.add(
                    new VersionListing(
                            release.version(),
                            release.publisher(),
                            kept.listing.yank().isPresent()));
        }
        return versions;
    }

    @Override
    public synchronized Publication publish(Envelope envelope, PackageSource content) {
        check();
        Release release = ReleaseVerifier.release(envelope);
        Bytes tar = read(release, content);
        Key key = new Key(release.id(), envelope.signer(), release.version());
        Kept known = packages.get(key);
        if (known != null && !known.listing.release().content().equals(release.content())) {
            throw new MarketplaceException(
                    ErrorCode.ALREADY_EXISTS, key + " has other content", "take a new version");
        }
        if (known != null && !known.removed) {
            return new Publication(known.listing, false);
        }
        Listing listing = new Listing(release, Optional.of(envelope), Optional.empty(), source);
        packages.put(key, new Kept(listing, tar, false));
        return new Publication(listing, true);
    }

    private static Bytes read(Release release, PackageSource content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            content.writeTar(out);
        } catch (IOException e) {
            throw new MarketplaceException(
                    ErrorCode.STORAGE, String.valueOf(e.getMessage()), "mend the source");
        }
        Bytes tar = Bytes.wrap(out.toByteArray());
        if (!Sha256.of(tar).equals(release.content().sha256())) {
            throw new MarketplaceException(
                    ErrorCode.SECURITY, "other content than was signed", "sign it");
        }
        return tar;
    }

    @Override
    public synchronized void yank(Envelope envelope) {
        check();
        Yank yank = ReleaseVerifier.yank(envelope);
        Key key = new Key(yank.id(), envelope.signer(), yank.version());
        Kept kept = packages.get(key);
        if (kept == null) {
            throw new MarketplaceException(
                    ErrorCode.PACKAGE_NOT_FOUND, key + " is not there", "publish it");
        }
        Listing listing =
                new Listing(
                        kept.listing.release(), kept.listing.envelope(), Optional.of(yank), source);
        packages.put(key, new Kept(listing, kept.tar, kept.removed));
    }

    @Override
    public synchronized void delete(PackageRef ref, Version version) {
        Listing listing =
                getPackageVersion(ref, version)
                        .orElseThrow(() ->
                                new MarketplaceException(
                                        ErrorCode.PACKAGE_NOT_FOUND,
                                        ref + "@" + version + " is not there",
                                        "list the versions"));
        Did publisher = listing.release().publisher().orElseThrow();
        packages.computeIfPresent(
                new Key(ref.id(), publisher, version),
                (key, kept) -> new Kept(kept.listing, kept.tar, true));
    }

    @Override
    public synchronized boolean exists(PackageRef ref) {
        return !of(ref).isEmpty();
    }

    @Override
    public synchronized RegistryMetadata metadata() {
        return new RegistryMetadata(source, "memory", OptionalLong.of(packages.size()));
    }

    @Override
    public synchronized InputStream open(Listing listing) {
        check();
        Release release = listing.release();
        Kept kept =
                packages.get(
                        new Key(
                                release.id(),
                                release.publisher().orElseThrow(),
                                release.version()));
        if (kept == null) {
            throw new MarketplaceException(
                    ErrorCode.PACKAGE_NOT_FOUND, "content is not there", "publish it");
        }
        return kept.tar.stream();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
