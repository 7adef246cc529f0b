package io.ggen.marketplace.p2p.catalogue;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.core.Skeleton;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Origin;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.Yank;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.marketplace.p2p.reconcile.Item;
import io.ggen.multiformats.Cid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The rows of records. Writes belong into a transaction, one thread at a time. */
final class RecordTable {
    private static final int RELEASE = 0;
    private static final int YANK = 1;
    private static final int CHANGES = 20_000;
    private static final int CHANGES_BETWEEN = 500;
    private static final String COLUMNS =
            "r.number, r.id, r.publisher, r.package, r.published, r.size, r.contradicted";

    private final Database database;
    private int changes;

    RecordTable(Database database) {
        this.database = database;
    }

    /** A publisher's row. */
    record Publisher(long number, boolean isReserved, boolean isOwn) {}

    /** What a record's row says, without its envelope. */
    record Row(
            long number,
            Item item,
            long publisher,
            PackageId id,
            long size,
            boolean isContradicted) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong(1),
                    new Item(row.getLong(5), new Sha256(Bytes.wrap(row.getBytes(2)))),
                    row.getLong(3),
                    new PackageId(row.getString(4)),
                    row.getLong(6),
                    row.getBoolean(7));
        }
    }

    boolean contains(Sha256 id) {
        return database.number("SELECT count(*) FROM catalogue_record WHERE id = ?", id.bytes())
                > 0;
    }

    Optional<Publisher> publisher(Did did) {
        return database.first(
                "SELECT number, reserved, own FROM catalogue_publisher WHERE did = ?",
                row -> new Publisher(row.getLong(1), row.getBoolean(2), row.getBoolean(3)),
                did.text());
    }

    Publisher addPublisher(Did did, boolean isReserved, boolean isOwn) {
        database.update(
                "INSERT INTO catalogue_publisher (did, reserved, own) VALUES (?, ?, ?) ON CONFLICT"
                        + " (did) DO UPDATE SET reserved = excluded.reserved OR own OR"
                        + " excluded.own, own = own OR excluded.own",
                did.text(),
                isReserved || isOwn,
                isOwn);
        return publisher(did).orElseThrow();
    }

    /** Adds a record that is not there. */
    void insert(SignedRecord signed, Publisher publisher, Bytes encoded, Instant seen) {
        Origin origin = signed.signedBy();
        Subject subject = Subject.of(signed);
        database.update(
                "INSERT INTO catalogue_record (id, kind, publisher, package, version, chain,"
                        + " sequence, published, seen, cid, size) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, ?)",
                signed.recordId().bytes(),
                subject.kind(),
                publisher.number(),
                subject.id().text(),
                subject.version().toString(),
                origin.chain(),
                origin.sequence(),
                subject.publishedAt().getEpochSecond(),
                seen.getEpochSecond(),
                subject.cid(),
                encoded.length());
        database.update("INSERT INTO catalogue_envelope VALUES (last_insert_rowid(), ?)", encoded);
        count(publisher.number(), 1, encoded.length());
        if (subject.kind() == RELEASE) {
            database.update(
                    "INSERT OR IGNORE INTO catalogue_name VALUES (?, ?)",
                    subject.id().text(),
                    Skeleton.of(subject.id()).text());
        }
        changed(origin.publisher().text(), subject.id());
    }

    private void count(long publisher, int records, long bytes) {
        database.update(
                "UPDATE catalogue_publisher SET records = records + ?, bytes = bytes + ? WHERE"
                        + " number = ?",
                records,
                bytes,
                publisher);
    }

    private void changed(String did, PackageId id) {
        database.update(
                "INSERT INTO catalogue_change (did, package) VALUES (?, ?)", did, id.text());
        if (++changes % CHANGES_BETWEEN == 0) {
            database.update(
                    "DELETE FROM catalogue_change WHERE number <= (SELECT max(number) FROM"
                            + " catalogue_change) - ?",
                    CHANGES);
        }
    }

    void delete(Row row) {
        database.update("DELETE FROM catalogue_record WHERE number = ?", row.number());
        database.update("DELETE FROM catalogue_envelope WHERE number = ?", row.number());
        count(row.publisher(), -1, -row.size());
        String did =
                database.first(
                                "SELECT did FROM catalogue_publisher WHERE number = ?",
                                it -> it.getString(1),
                                row.publisher())
                        .orElseThrow();
        database.update(
                "DELETE FROM catalogue_name WHERE package = ?1 AND NOT EXISTS (SELECT 1 FROM"
                        + " catalogue_record WHERE package = ?1)",
                row.id().text());
        database.update(
                "DELETE FROM catalogue_publisher WHERE number = ? AND records = 0 AND own" + " = 0",
                row.publisher());
        changed(did, row.id());
    }

    /** A record that another one contradicts. */
    record Rival(SignedRecord signed, boolean isContradicted) {}

    /** Returns the records that {@code signed} contradicts, at most a few. */
    List<Rival> rivals(SignedRecord signed, Publisher publisher) {
        Origin origin = signed.signedBy();
        Subject subject = Subject.of(signed);
        return database
                .query(
                        "SELECT e.envelope, r.contradicted FROM catalogue_record r JOIN"
                                + " catalogue_envelope e ON e.number = r.number WHERE r.number IN"
                                + " (SELECT number FROM catalogue_record WHERE publisher = ?1 AND"
                                + " chain = ?2 AND sequence BETWEEN ?3 - 1 AND ?3 + 1 UNION SELECT"
                                + " number FROM catalogue_record WHERE package = ?4 AND publisher ="
                                + " ?1 AND version = ?5 AND kind = 0 LIMIT 16)",
                        row ->
                                new Rival(
                                        ReleaseVerifier.verifiedBefore(Bytes.wrap(row.getBytes(1))),
                                        row.getBoolean(2)),
                        publisher.number(),
                        origin.chain(),
                        origin.sequence(),
                        subject.id().text(),
                        subject.version().toString())
                .stream()
                .filter(rival -> signed.contradicts(rival.signed()).isPresent())
                .toList();
    }

    /** Marks a record as one in which its publisher contradicts itself. */
    void contradicted(Sha256 id) {
        database.update("UPDATE catalogue_record SET contradicted = 1 WHERE id = ?", id.bytes());
        changed(id);
    }

    private void changed(Sha256 id) {
        database.update(
                "INSERT INTO catalogue_change (did, package) SELECT p.did, r.package FROM"
                        + " catalogue_record r JOIN catalogue_publisher p ON p.number ="
                        + " r.publisher WHERE r.id = ?",
                id.bytes());
    }

    /** Returns strangers' records in the order in which they make room. */
    List<Row> evictable(int most) {
        return database.query(
                "SELECT "
                        + COLUMNS
                        + " FROM catalogue_record r JOIN catalogue_publisher p ON p.number ="
                        + " r.publisher WHERE p.reserved = 0 ORDER BY r.use, r.seen DESC, r.number"
                        + " DESC LIMIT ?",
                Row::read,
                most);
    }

    /** Hides a record here, or shows it again; returns whether that changed anything. */
    boolean withdraw(Sha256 id, boolean isWithdrawn) {
        boolean isChanged =
                database.update(
                                "UPDATE catalogue_record SET withdrawn = ?1 WHERE id = ?2 AND"
                                        + " withdrawn <> ?1",
                                isWithdrawn,
                                id.bytes())
                        > 0;
        if (isChanged) {
            changed(id);
        }
        return isChanged;
    }

    /** Notes what a release is good for; what is installed stays so until it is not. */
    void use(PackageRef ref, Version version, Use use) {
        database.update(
                "UPDATE catalogue_record SET use = ?1 WHERE package = ?2 AND version = ?3 AND kind"
                        + " = 0 AND publisher IN (SELECT number FROM catalogue_publisher WHERE ?4 ="
                        + " '' OR did = ?4) AND NOT (?1 = 1 AND use = 2)",
                use.weight(),
                ref.id().text(),
                version.toString(),
                ref.publisher().map(Did::text).orElse(""));
    }

    /** Gives publishers the room that {@code policy} reserves; returns the records it denies. */
    List<Item> apply(Policy policy) {
        for (Did did : database.query("SELECT did FROM catalogue_publisher", this::did)) {
            database.update(
                    "UPDATE catalogue_publisher SET reserved = own OR ? WHERE did = ? AND reserved"
                            + " <> (own OR ?1)",
                    policy.isReserved(did),
                    did.text());
        }
        if (policy.deniesNothing()) {
            return List.of();
        }
        List<Row> denied = new ArrayList<>();
        database.forEach(
                "SELECT "
                        + COLUMNS
                        + ", p.did, r.cid FROM catalogue_record r JOIN catalogue_publisher p ON"
                        + " p.number = r.publisher",
                row -> isDenied(row, policy) && denied.add(Row.read(row)));
        denied.forEach(this::delete);
        return denied.stream().map(Row::item).toList();
    }

    private Did did(ResultSet row) throws SQLException {
        return new Did(row.getString(1));
    }

    private static boolean isDenied(ResultSet row, Policy policy) throws SQLException {
        String cid = row.getString(9);
        return policy.denial(
                        new PackageId(row.getString(4)),
                        new Did(row.getString(8)),
                        cid.isEmpty() ? Optional.empty() : Optional.of(Cid.parse(cid)))
                .isPresent();
    }

    Optional<Bytes> envelope(Sha256 id) {
        return database.first(
                "SELECT e.envelope FROM catalogue_record r JOIN catalogue_envelope e ON e.number ="
                        + " r.number WHERE r.id = ?",
                row -> Bytes.wrap(row.getBytes(1)),
                id.bytes());
    }

    void forEachItem(Consumer<Item> consumer) {
        database.forEach(
                "SELECT published, id FROM catalogue_record ORDER BY published, id",
                row -> {
                    consumer.accept(
                            new Item(row.getLong(1), new Sha256(Bytes.wrap(row.getBytes(2)))));
                    return row;
                });
    }

    /** What a record speaks of. */
    record Subject(int kind, PackageId id, Version version, Instant publishedAt, String cid) {
        static Subject of(SignedRecord signed) {
            return switch (signed) {
                case SignedRecord.OfRelease it -> of(it.release());
                case SignedRecord.OfYank it -> of(it.yank());
            };
        }

        private static Subject of(Release release) {
            return new Subject(
                    RELEASE,
                    release.id(),
                    release.version(),
                    release.publishedAt(),
                    release.content().cid().toString());
        }

        private static Subject of(Yank yank) {
            return new Subject(YANK, yank.id(), yank.version(), yank.publishedAt(), "");
        }

        Item item(Sha256 recordId) {
            return new Item(publishedAt.getEpochSecond(), recordId);
        }
    }
}
