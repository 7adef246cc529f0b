package io.ggen.libp2p.peerstore;

import io.ggen.base.Bytes;
import io.ggen.libp2p.host.MemoryPeerStore.Known;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.key.InvalidKeyException;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.libp2p.sqlite.LocalDatabase;
import io.ggen.multiformats.Multiaddr;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What is known of peers as rows of an SQLite file. Blocks on I/O; not thread-safe. */
final class PeerTables implements AutoCloseable {
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
    private final PeerStore.Limits limits;

    /** Opens or makes {@code file}; a damaged one is put aside. */
    PeerTables(Path file, PeerStore.Limits limits) {
        this.database = LocalDatabase.open(file, SCHEMA);
        this.limits = limits;
    }

    /**
     * Returns every peer, the one that was learned of last at the end; one whose rows make no sense
     * is left out.
     */
    List<Known> all() {
        Map<Bytes, Map<Multiaddr, Instant>> addresses = addresses();
        Map<Bytes, Map<String, Bytes>> notes = notes();
        return database
                .query(
                        "SELECT id, sequence, agent, version, protocols, observed, key FROM peer"
                                + " ORDER BY used",
                        row -> known(row, addresses, notes))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Map<Bytes, Map<Multiaddr, Instant>> addresses() {
        Map<Bytes, Map<Multiaddr, Instant>> byPeer = new HashMap<>();
        database.query(
                "SELECT peer, address, until FROM address ORDER BY rowid",
                row -> {
                    Optional<Multiaddr> address = address(row.getBytes(2));
                    if (address.isPresent()) {
                        byPeer.computeIfAbsent(
                                        Bytes.wrap(row.getBytes(1)), peer -> new LinkedHashMap<>())
                                .put(address.get(), Instant.ofEpochMilli(row.getLong(3)));
                    }
                    return address;
                });
        return byPeer;
    }

    private Map<Bytes, Map<String, Bytes>> notes() {
        Map<Bytes, Map<String, Bytes>> byPeer = new HashMap<>();
        database.query(
                "SELECT peer, name, value FROM note",
                row ->
                        byPeer.computeIfAbsent(Bytes.wrap(row.getBytes(1)), peer -> new HashMap<>())
                                .put(row.getString(2), Bytes.wrap(row.getBytes(3))));
        return byPeer;
    }

    private static Optional<Known> known(
            ResultSet row,
            Map<Bytes, Map<Multiaddr, Instant>> addresses,
            Map<Bytes, Map<String, Bytes>> notes)
            throws SQLException {
        Bytes id = Bytes.wrap(row.getBytes(1));
        long number = row.getLong(2);
        Optional<Long> sequence = row.wasNull() ? Optional.empty() : Optional.of(number);
        byte @Nullable [] key = row.getBytes(7);
        try {
            return Optional.of(
                    new Known(
                            new PeerId(id),
                            addresses.getOrDefault(id, Map.of()),
                            notes.getOrDefault(id, Map.of()),
                            identity(row),
                            Optional.ofNullable(key).map(Bytes::wrap).map(PublicKey::decode),
                            sequence));
        } catch (InvalidKeyException | MalformedMessageException e) {
            return Optional.empty();
        }
    }

    private static Optional<PeerStore.Identity> identity(ResultSet row) throws SQLException {
        String agent = row.getString(3);
        if (agent == null) {
            return Optional.empty();
        }
        Set<String> protocols = new HashSet<>();
        var reader = new ProtoReader(Bytes.wrap(row.getBytes(5)));
        while (reader.next()) {
            protocols.add(reader.text(MAX_PROTOCOL));
        }
        return Optional.of(
                new PeerStore.Identity(
                        agent, row.getString(4), protocols, address(row.getBytes(6))));
    }

    private static Optional<Multiaddr> address(byte @Nullable [] encoded) {
        return encoded == null
                ? Optional.empty()
                : Multiaddr.decodeKnown(List.of(Bytes.wrap(encoded)), 1).stream().findFirst();
    }

    /**
     * Writes what is {@code known} of {@code peers} in one transaction, as what was learned last in
     * their order: one of whom nothing is known any more is deleted. Makes room for them.
     */
    void write(Set<PeerId> peers, Function<PeerId, Optional<Known>> known) {
        database.transaction(() -> {
            for (PeerId peer : peers) {
                database.update("DELETE FROM peer WHERE id = ?", peer.multihash());
                known.apply(peer).ifPresent(this::insert);
            }
            database.update(
                    "DELETE FROM peer WHERE id IN (SELECT id FROM peer ORDER BY used LIMIT MAX(0,"
                            + " (SELECT COUNT(*) FROM peer) - ?))",
                    limits.peers());
        });
    }

    private void insert(Known known) {
        Bytes id = known.peer().multihash();
        database.update(
                "INSERT INTO peer (id, used, sequence, key) VALUES (?, (SELECT COALESCE(MAX(used),"
                        + " 0) + 1 FROM peer), ?, ?)",
                id,
                known.sequence().orElse(null),
                known.key().map(PublicKey::encode).orElse(null));
        known.identity().ifPresent(identity -> update(id, identity));
        known.addresses()
                .forEach((address, until) ->
                        database.update(
                                "INSERT INTO address (peer, address, until) VALUES (?, ?, ?)",
                                id,
                                address.encode(),
                                until.toEpochMilli()));
        known.notes()
                .forEach((name, value) ->
                        database.update(
                                "INSERT INTO note (peer, name, value) VALUES (?, ?, ?)",
                                id,
                                name,
                                value));
    }

    private void update(Bytes id, PeerStore.Identity identity) {
        var protocols = new ProtoWriter();
        identity.protocols().stream().sorted().forEach(protocol -> protocols.text(1, protocol));
        database.update(
                "UPDATE peer SET agent = ?, version = ?, protocols = ?, observed = ? WHERE id = ?",
                identity.agent(),
                identity.protocolVersion(),
                protocols.toBytes(),
                identity.observed().map(Multiaddr::encode).orElse(Bytes.empty()),
                id);
    }

    @Override
    public void close() {
        database.close();
    }
}
