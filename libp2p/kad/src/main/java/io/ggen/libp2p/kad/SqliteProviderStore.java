package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.libp2p.sqlite.LocalDatabase;
import io.ggen.multiformats.Multiaddr;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Providers in an SQLite file, which a later process finds again; room is made as in {@link
 * MemoryProviderStore}. Blocks on I/O. Thread-safe.
 */
public final class SqliteProviderStore implements ProviderStore, AutoCloseable {
    private static final List<String> SCHEMA =
            List.of(
                    "CREATE TABLE IF NOT EXISTS kad_provider (key BLOB NOT NULL, peer BLOB NOT"
                            + " NULL, addresses BLOB NOT NULL, made INTEGER NOT NULL, number"
                            + " INTEGER NOT NULL, PRIMARY KEY (key, peer)) WITHOUT ROWID",
                    "CREATE INDEX IF NOT EXISTS kad_provider_made ON kad_provider (made)");

    private final LocalDatabase database;
    private final StoreLimits limits;
    private final Map<PeerId, Integer> claims = new HashMap<>();
    private int keys;
    private long number;

    private SqliteProviderStore(LocalDatabase database, StoreLimits limits) {
        this.database = database;
        this.limits = limits;
        count();
    }

    /** Opens the store in {@code file}, which other stores may share; one process at a time. */
    public static SqliteProviderStore open(Path file, StoreLimits limits) {
        return new SqliteProviderStore(LocalDatabase.open(file, SCHEMA), limits);
    }

    private void count() {
        claims.clear();
        database.query(
                        "SELECT peer, COUNT(*) FROM kad_provider GROUP BY peer",
                        row -> Map.entry(new PeerId(Bytes.wrap(row.getBytes(1))), row.getInt(2)))
                .forEach(entry -> claims.put(entry.getKey(), entry.getValue()));
        keys = number("SELECT COUNT(DISTINCT key) FROM kad_provider");
        number = number("SELECT COALESCE(MAX(number), 0) FROM kad_provider");
    }

    private int number(String sql, Object... parameters) {
        return database.query(sql, row -> row.getInt(1), parameters).getFirst();
    }

    @Override
    public synchronized boolean add(Bytes key, KadPeer provider, Instant now) {
        PeerId id = provider.id();
        if (renew(key, provider, now)) {
            return true;
        }
        if (!hasRoom(key, id, now)) {
            return false;
        }
        database.transaction(() -> insert(key, provider, now));
        return true;
    }

    private boolean renew(Bytes key, KadPeer provider, Instant now) {
        return database.update(
                        "UPDATE kad_provider SET addresses = ?3, made = ?4, number = ?5 WHERE key ="
                                + " ?1 AND peer = ?2",
                        key,
                        provider.id().multihash(),
                        encoded(provider.addresses()),
                        now.toEpochMilli(),
                        ++number)
                > 0;
    }

    private boolean hasRoom(Bytes key, PeerId provider, Instant now) {
        boolean full = keys >= limits.keys() && providers(key) == 0;
        boolean greedy = claims.getOrDefault(provider, 0) >= limits.keysPerProvider();
        return !(full || greedy) || collect(now) > 0 && hasRoom(key, provider, now);
    }

    private int providers(Bytes key) {
        return number("SELECT COUNT(*) FROM kad_provider WHERE key = ?", key);
    }

    private void insert(Bytes key, KadPeer provider, Instant now) {
        int before = providers(key);
        database.update(
                "INSERT INTO kad_provider (key, peer, addresses, made, number) VALUES (?, ?, ?, ?,"
                        + " ?)",
                key,
                provider.id().multihash(),
                encoded(provider.addresses()),
                now.toEpochMilli(),
                number);
        claims.merge(provider.id(), 1, Integer::sum);
        keys += before == 0 ? 1 : 0;
        if (before >= limits.providers()) {
            dropOldest(key);
        }
    }

    private void dropOldest(Bytes key) {
        List<PeerId> oldest =
                database.query(
                        "SELECT peer FROM kad_provider WHERE key = ? ORDER BY number LIMIT 1",
                        row -> new PeerId(Bytes.wrap(row.getBytes(1))),
                        key);
        for (PeerId peer : oldest) {
            database.update(
                    "DELETE FROM kad_provider WHERE key = ? AND peer = ?", key, peer.multihash());
            claims.computeIfPresent(peer, (id, many) -> many == 1 ? null : many - 1);
        }
    }

    private static Bytes encoded(List<Multiaddr> addresses) {
        var writer = new ProtoWriter();
        addresses.forEach(address -> writer.bytes(1, address.encode()));
        return writer.toBytes();
    }

    @Override
    public synchronized List<KadPeer> get(Bytes key, Instant now) {
        Instant located = now.minus(limits.addresses());
        return database.query(
                "SELECT peer, addresses, made FROM kad_provider WHERE key = ? AND made > ? ORDER BY"
                        + " number DESC",
                row -> provider(row, located),
                key,
                now.minus(limits.lifetime()).toEpochMilli());
    }

    private static KadPeer provider(ResultSet row, Instant located) throws SQLException {
        var peer = new PeerId(Bytes.wrap(row.getBytes(1)));
        if (row.getLong(3) <= located.toEpochMilli()) {
            return new KadPeer(peer, List.of());
        }
        List<Bytes> addresses = new ArrayList<>();
        var reader = new ProtoReader(Bytes.wrap(row.getBytes(2)));
        while (reader.next()) {
            addresses.add(reader.bytes(Multiaddr.MAX_LENGTH));
        }
        return new KadPeer(peer, Multiaddr.decodeKnown(addresses, KadPeer.MAX_ADDRESSES));
    }

    @Override
    public synchronized int collect(Instant now) {
        int dropped =
                database.update(
                        "DELETE FROM kad_provider WHERE made <= ?",
                        now.minus(limits.lifetime()).toEpochMilli());
        if (dropped > 0) {
            count();
        }
        return dropped;
    }

    @Override
    public synchronized void close() {
        database.close();
    }
}
