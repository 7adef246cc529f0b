package io.ggen.marketplace.p2p.catalogue;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.Skeleton;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.multiformats.Cid;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be asked about the records. As thread-safe as the database. */
final class CatalogueQueries {
    private static final String FROM_RECORDS =
            " FROM catalogue_record r JOIN catalogue_publisher p ON p.number = r.publisher ";

    /** Neither contradicted nor withdrawn. */
    private static final String LISTED = "r.contradicted = 0 AND r.withdrawn = 0";

    private final Database database;

    CatalogueQueries(Database database) {
        this.database = database;
    }

    private static Object did(PackageRef ref) {
        return ref.publisher().map(Did::text).orElse("");
    }

    /** One version of a package, by its newest record. */
    private record VersionRow(Version version, Did publisher, boolean isYanked) {}

    List<VersionListing> versions(PackageRef ref) {
        return database
                .query(
                        "SELECT DISTINCT r.version, p.did, EXISTS (SELECT 1 FROM catalogue_record y"
                                + " WHERE y.package = r.package AND y.publisher = r.publisher AND"
                                + " y.version = r.version AND y.kind = 1)"
                                + FROM_RECORDS
                                + "WHERE r.package = ?1 AND r.kind = 0 AND "
                                + LISTED
                                + " AND"
                                + " (?2 = '' OR p.did = ?2)",
                        row ->
                                new VersionRow(
                                        Version.parse(row.getString(1)),
                                        new Did(row.getString(2)),
                                        row.getBoolean(3)),
                        ref.id().text(),
                        did(ref))
                .stream()
                .sorted(
                        Comparator.comparing(VersionRow::version)
                                .thenComparing(VersionRow::publisher))
                .map(row ->
                        new VersionListing(
                                row.version(), Optional.of(row.publisher()), row.isYanked()))
                .toList();
    }

    List<Did> publishers(PackageId id) {
        return database.query(
                "SELECT DISTINCT p.did"
                        + FROM_RECORDS
                        + "WHERE r.package = ? AND r.kind = 0 AND "
                        + LISTED
                        + " ORDER BY p.did",
                row -> new Did(row.getString(1)),
                id.text());
    }

    /** A record with what the catalogue notes of it. */
    private record Noted(SignedRecord signed, Instant seen, boolean isContradicted) {}

    /** Returns the releases of a package, of all versions or one, newest record first. */
    List<Held> releases(PackageRef ref, Optional<Version> version) {
        List<Noted> all =
                database.query(
                        "SELECT e.envelope, r.seen, r.contradicted"
                                + FROM_RECORDS
                                + "JOIN catalogue_envelope e ON e.number = r.number WHERE"
                                + " r.withdrawn = 0 AND r.package = ?1 AND (?2 = '' OR p.did = ?2) AND (?3 = '' OR r.version ="
                                + " ?3) ORDER BY r.published DESC, r.id",
                        row ->
                                new Noted(
                                        ReleaseVerifier.verifiedBefore(Bytes.wrap(row.getBytes(1))),
                                        Instant.ofEpochSecond(row.getLong(2)),
                                        row.getBoolean(3)),
                        ref.id().text(),
                        did(ref),
                        version.map(Version::toString).orElse(""));
        return joined(all);
    }

    private static List<Held> joined(List<Noted> all) {
        Map<String, SignedRecord.OfYank> yanks = new HashMap<>();
        for (Noted one : all) {
            if (one.signed() instanceof SignedRecord.OfYank yank) {
                yanks.putIfAbsent(yank.signedBy().publisher() + " " + yank.yank().version(), yank);
            }
        }
        List<Held> held = new ArrayList<>();
        for (Noted one : all) {
            if (one.signed() instanceof SignedRecord.OfRelease release) {
                String key = release.signedBy().publisher() + " " + release.release().version();
                held.add(
                        new Held(
                                release,
                                Optional.ofNullable(yanks.get(key)),
                                one.seen(),
                                one.isContradicted()));
            }
        }
        return held;
    }

    Optional<SignedRecord.OfRelease> firstRelease(PackageRef ref, Version version) {
        return release(
                "r.package = ?1 AND p.did = ?2 AND r.version = ?3",
                ref.id().text(),
                did(ref),
                version.toString());
    }

    Optional<Cid> contentOf(PackageRef ref, Version version) {
        return database.first(
                "SELECT r.cid"
                        + FROM_RECORDS
                        + "WHERE r.package = ?1 AND r.kind = 0 AND "
                        + LISTED
                        + " AND (?2 = '' OR p.did = ?2) AND r.version = ?3"
                        + " ORDER BY r.published DESC, r.id LIMIT 1",
                row -> Cid.parse(row.getString(1)),
                ref.id().text(),
                did(ref),
                version.toString());
    }

    Optional<SignedRecord.OfRelease> releaseOf(Cid cid) {
        return release("r.cid = ?1", cid.toString());
    }

    private Optional<SignedRecord.OfRelease> release(String condition, Object... parameters) {
        return database.first(
                        "SELECT e.envelope"
                                + FROM_RECORDS
                                + "JOIN catalogue_envelope e ON e.number = r.number WHERE r.kind = 0"
                                + " AND "
                                + condition
                                + " ORDER BY r.published, r.id LIMIT 1",
                        row -> ReleaseVerifier.verifiedBefore(Bytes.wrap(row.getBytes(1))),
                        parameters)
                .filter(SignedRecord.OfRelease.class::isInstance)
                .map(SignedRecord.OfRelease.class::cast);
    }

    long lastSequence(Did publisher, String chain) {
        return database.number(
                "SELECT max(r.sequence)" + FROM_RECORDS + "WHERE p.did = ? AND r.chain = ?",
                publisher.text(),
                chain);
    }

    List<ChainHead> chains(Did publisher) {
        return database.query(
                "SELECT r.chain, count(DISTINCT r.sequence), max(r.sequence)"
                        + FROM_RECORDS
                        + "WHERE p.did = ? GROUP BY r.chain ORDER BY r.chain",
                row -> new ChainHead(row.getString(1), row.getLong(2), row.getLong(3)),
                publisher.text());
    }

    List<PackageId> similar(PackageId id, int most) {
        String wanted =
                Skeleton.of(id).neighbours().stream()
                        .map(skeleton -> '"' + skeleton.text() + '"')
                        .collect(Collectors.joining(",", "[", "]"));
        return database
                .query(
                        "SELECT package FROM catalogue_name WHERE skeleton IN (SELECT value FROM"
                                + " json_each(?)) ORDER BY package",
                        row -> new PackageId(row.getString(1)),
                        wanted)
                .stream()
                .filter(other -> !other.equals(id) && !Skeleton.isSeries(id, other))
                .limit(most)
                .toList();
    }

    List<PackageId> beginning(String prefix, int most) {
        return database.query(
                "SELECT package FROM catalogue_name WHERE package >= ?1 AND package < ?1 ||"
                        + " char(1114111) ORDER BY package LIMIT ?2",
                row -> new PackageId(row.getString(1)),
                prefix,
                most);
    }

    /** Returns every package, one for each publisher and id. */
    List<PackageRef> packages() {
        return database.query(
                "SELECT DISTINCT r.package, p.did"
                        + FROM_RECORDS
                        + "WHERE r.kind = 0 AND "
                        + LISTED,
                row -> PackageRef.of(new PackageId(row.getString(1)), new Did(row.getString(2))));
    }

    long lastChange() {
        return database.number("SELECT max(number) FROM catalogue_change");
    }

    /** Returns the packages that changed after {@code change}; empty when that is not known. */
    Optional<Set<PackageRef>> changedSince(long change) {
        long oldest = database.number("SELECT min(number) FROM catalogue_change");
        if (change < oldest - 1 || change > lastChange()) {
            return Optional.empty();
        }
        return Optional.of(
                new LinkedHashSet<>(
                        database.query(
                                "SELECT DISTINCT package, did FROM catalogue_change WHERE number >"
                                        + " ?",
                                row ->
                                        PackageRef.of(
                                                new PackageId(row.getString(1)),
                                                new Did(row.getString(2))),
                                change)));
    }

    String fact(String name, String whereMissing) {
        database.update("INSERT OR IGNORE INTO catalogue_fact VALUES (?, ?)", name, whereMissing);
        return database.first(
                        "SELECT value FROM catalogue_fact WHERE name = ?",
                        row -> row.getString(1),
                        name)
                .orElse(whereMissing);
    }

    void note(String name, String value) {
        database.update("INSERT OR REPLACE INTO catalogue_fact VALUES (?, ?)", name, value);
    }

    Optional<String> noted(String name) {
        return database.first(
                "SELECT value FROM catalogue_fact WHERE name = ?", row -> row.getString(1), name);
    }

    CatalogueStatus status(Totals totals) {
        return new CatalogueStatus(
                totals.records(),
                totals.bytes(),
                totals.strangerRecords(),
                database.number("SELECT count(*) FROM catalogue_name"),
                database.number("SELECT count(*) FROM catalogue_publisher WHERE records > 0"),
                database.number("SELECT count(*) FROM catalogue_record WHERE contradicted = 1"));
    }
}
