package io.ggen.libp2p.peerstore;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.libp2p.sqlite.LocalDatabase;
import io.ggen.multiformats.Multiaddr;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A peer store in an SQLite file, which a later process finds again. Several processes may share
 * one. Blocks on I/O. Thread-safe.
 */
public final class SqlitePeerStore implements PeerStore, AutoCloseable {
    private static final int MAX_PROTOCOL = 1024;
    private static final List<String> SCHEMA =
            List.of(
                    "CREATE TABLE IF NOT EXISTS peer (id BLOB PRIMARY KEY, used INTEGER NOT NULL,"
                            + " sequence INTEGER, agent TEXT, version TEXT, protocols BLOB,"
                            + " observed BLOB, key BLOB) WITHOUT ROWID",
                    "CREATE INDEX IF NOT EXISTS peer_used ON peer (used)",
                    "CREATE TABLE IF NOT EXISTS address (peer BLOB NOT NULL REFERENCES peer ON"
                            + " DELETE CASCADE, address BLOB NOT NULL, until INTEGER NOT NULL,"
                            + " UNIQUE (peer, address))",
                    "CREATE TABLE IF NOT EXISTS note (peer BLOB NOT NULL REFERENCES peer ON DELETE"
                            + " CASCADE, name TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY"
                            + " (peer, name)) WITHOUT ROWID",
                    "PRAGMA user_version = 1");

    private final LocalDatabase database;
    private final InstantSource clock;
    private final Limits limits;

    private SqlitePeerStore(LocalDatabase database, InstantSource clock, Limits limits) {
        this.database = database;
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * Opens the store in {@code file}, which is made where it is missing, and put aside as {@code
     * .corrupted} where it is damaged.
     *
     * @param clock tells the time of validity
     */
    public static SqlitePeerStore open(Path file, InstantSource clock, Limits limits) {
        return new SqlitePeerStore(LocalDatabase.open(file, SCHEMA), clock, limits);
    }

    @Override
    public synchronized void addAddresses(
            PeerId peer, List<Multiaddr> addresses, Duration validity) {
        database.transaction(() -> {
            touch(peer);
            add(peer, addresses, validity);
        });
    }

    private void add(PeerId peer, List<Multiaddr> addresses, Duration validity) {
        long now = now();
        database.update("DELETE FROM address WHERE peer = ? AND until < ?", peer.multihash(), now);
        for (Multiaddr address : addresses) {
            database.update(
                    "INSERT INTO address (peer, address, until) SELECT ?1, ?2, ?3 WHERE (SELECT"
                            + " COUNT(*) FROM address WHERE peer = ?1) < ?4 OR EXISTS (SELECT 1"
                            + " FROM address WHERE peer = ?1 AND address = ?2) ON CONFLICT (peer,"
                            + " address) DO UPDATE SET until = MAX(until, excluded.until)",
                    peer.multihash(),
                    address.encode(),
                    now + validity.toMillis(),
                    limits.addresses());
        }
    }

    @Override
    public synchronized boolean replaceAddresses(
            PeerId peer, long sequence, List<Multiaddr> addresses, Duration validity) {
        boolean older =
                one(
                                "SELECT sequence FROM peer WHERE id = ? AND sequence IS NOT NULL",
                                row -> row.getLong(1),
                                peer.multihash())
                        .filter(known -> Long.compareUnsigned(sequence, known) < 0)
                        .isPresent();
        if (older) {
            return false;
        }
        database.transaction(() -> {
            touch(peer);
            database.update(
                    "UPDATE peer SET sequence = ? WHERE id = ?", sequence, peer.multihash());
            database.update("DELETE FROM address WHERE peer = ?", peer.multihash());
            add(peer, addresses, validity);
        });
        return true;
    }

    @Override
    public synchronized List<Multiaddr> addresses(PeerId peer) {
        return database
                .query(
                        "SELECT address FROM address WHERE peer = ? AND until >= ? ORDER BY until"
                                + " DESC, rowid",
                        row -> address(row.getBytes(1)),
                        peer.multihash(),
                        now())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Multiaddr> address(byte @Nullable [] encoded) {
        return encoded == null
                ? Optional.empty()
                : Multiaddr.decodeKnown(List.of(Bytes.wrap(encoded)), 1).stream().findFirst();
    }

    @Override
    public synchronized void identify(PeerId peer, Identity identity) {
        var protocols = new ProtoWriter();
        identity.protocols().stream().sorted().forEach(protocol -> protocols.text(1, protocol));
        database.transaction(() -> {
            touch(peer);
            database.update(
                    "UPDATE peer SET agent = ?, version = ?, protocols = ?, observed = ? WHERE id ="
                            + " ?",
                    identity.agent(),
                    identity.protocolVersion(),
                    protocols.toBytes(),
                    identity.observed().map(Multiaddr::encode).orElse(Bytes.empty()),
                    peer.multihash());
        });
    }

    @Override
    public synchronized Optional<Identity> identity(PeerId peer) {
        return one(
                "SELECT agent, version, protocols, observed FROM peer WHERE id = ? AND agent IS"
                        + " NOT NULL",
                SqlitePeerStore::identity,
                peer.multihash());
    }

    private static Identity identity(ResultSet row) throws SQLException {
        Set<String> protocols = new HashSet<>();
        var reader = new ProtoReader(Bytes.wrap(row.getBytes(3)));
        while (reader.next()) {
            protocols.add(reader.text(MAX_PROTOCOL));
        }
        return new Identity(
                row.getString(1), row.getString(2), protocols, address(row.getBytes(4)));
    }

    @Override
    public synchronized void addKey(PublicKey key) {
        PeerId peer = key.peerId();
        if (peer.publicKey().isEmpty()) {
            database.transaction(() -> {
                touch(peer);
                database.update(
                        "UPDATE peer SET key = ? WHERE id = ?", key.encode(), peer.multihash());
            });
        }
    }

    @Override
    public synchronized Optional<PublicKey> key(PeerId peer) {
        return peer.publicKey()
                .or(() ->
                        one(
                                "SELECT key FROM peer WHERE id = ? AND key IS NOT NULL",
                                row -> PublicKey.decode(Bytes.wrap(row.getBytes(1))),
                                peer.multihash()));
    }

    @Override
    public synchronized void note(PeerId peer, String name, Bytes value) {
        if (value.length() > limits.noteLength() || name.length() > limits.noteLength()) {
            throw new IllegalArgumentException(
                    "a note has at most " + limits.noteLength() + " bytes");
        }
        database.transaction(() -> {
            touch(peer);
            int changed =
                    database.update(
                            "INSERT INTO note (peer, name, value) SELECT ?1, ?2, ?3 WHERE (SELECT"
                                    + " COUNT(*) FROM note WHERE peer = ?1) < ?4 OR EXISTS (SELECT"
                                    + " 1 FROM note WHERE peer = ?1 AND name = ?2) ON CONFLICT"
                                    + " (peer, name) DO UPDATE SET value = excluded.value",
                            peer.multihash(),
                            name,
                            value,
                            limits.notes());
            if (changed == 0) {
                throw new Libp2pException(
                        Code.LIMIT_EXCEEDED, peer + " has its " + limits.notes() + " notes");
            }
        });
    }

    @Override
    public synchronized Optional<Bytes> note(PeerId peer, String name) {
        return one(
                "SELECT value FROM note WHERE peer = ? AND name = ?",
                row -> Bytes.wrap(row.getBytes(1)),
                peer.multihash(),
                name);
    }

    @Override
    public synchronized void forget(PeerId peer) {
        database.update("DELETE FROM peer WHERE id = ?", peer.multihash());
    }

    @Override
    public synchronized Set<PeerId> peers() {
        return new TreeSet<>(
                database.query(
                        "SELECT id FROM peer", row -> new PeerId(Bytes.wrap(row.getBytes(1)))));
    }

    /** Makes {@code peer} the one of whom something was learned last, and room for it. */
    private void touch(PeerId peer) {
        database.update(
                "INSERT INTO peer (id, used) VALUES (?, (SELECT COALESCE(MAX(used), 0) + 1 FROM"
                        + " peer)) ON CONFLICT (id) DO UPDATE SET used = excluded.used",
                peer.multihash());
        database.update(
                "DELETE FROM peer WHERE id IN (SELECT id FROM peer ORDER BY used LIMIT MAX(0,"
                        + " (SELECT COUNT(*) FROM peer) - ?))",
                limits.peers());
    }

    private <T> Optional<T> one(
            String sql, LocalDatabase.RowReader<T> reader, Object... parameters) {
        return database.query(sql, reader, parameters).stream().findFirst();
    }

    private long now() {
        return clock.instant().toEpochMilli();
    }

    @Override
    public synchronized void close() {
        database.close();
    }
}
