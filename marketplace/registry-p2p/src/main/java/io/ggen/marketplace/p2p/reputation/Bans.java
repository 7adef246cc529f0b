package io.ggen.marketplace.p2p.reputation;

import io.ggen.libp2p.host.ConnectionGater;
import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.core.network.BannedPeer;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Peers that are refused for some time: neither dialled nor let in. Bounded; kept in the node's
 * database. Thread-safe; as a gater it answers from memory.
 */
public final class Bans implements ConnectionGater {
    private static final int MOST = 10_000;

    private final Database database;
    private final InstantSource clock;
    private final Map<PeerId, BannedPeer> banned = new ConcurrentHashMap<>();

    /** Reads the bans of {@code database}, which is the caller's to close. */
    public Bans(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        database.update(
                "CREATE TABLE IF NOT EXISTS ban (peer TEXT PRIMARY KEY, until INTEGER NOT NULL,"
                        + " reason TEXT NOT NULL) WITHOUT ROWID");
        database.query(
                        "SELECT peer, until, reason FROM ban",
                        row ->
                                new BannedPeer(
                                        row.getString(1),
                                        Instant.ofEpochSecond(row.getLong(2)),
                                        row.getString(3)))
                .forEach(ban -> banned.put(PeerId.parse(ban.peerId()), ban));
    }

    /** Bans {@code peer}, until the later time where it is banned already. */
    public BannedPeer ban(PeerId peer, Duration duration, String reason) {
        Instant until = clock.instant().plus(duration);
        BannedPeer ban =
                banned.merge(
                        peer,
                        new BannedPeer(peer.toString(), until, reason),
                        (old, fresh) -> old.until().isAfter(fresh.until()) ? old : fresh);
        database.update(
                "INSERT OR REPLACE INTO ban VALUES (?, ?, ?)",
                ban.peerId(),
                ban.until().getEpochSecond(),
                ban.reason());
        if (banned.size() > MOST) {
            all().stream()
                    .min(Comparator.comparing(BannedPeer::until))
                    .ifPresent(first -> unban(PeerId.parse(first.peerId())));
        }
        return ban;
    }

    /** Ends a ban; returns whether there was one. */
    public boolean unban(PeerId peer) {
        boolean was = isBanned(peer);
        banned.remove(peer);
        database.update("DELETE FROM ban WHERE peer = ?", peer.toString());
        return was;
    }

    /** Returns whether {@code peer} is banned now. */
    public boolean isBanned(PeerId peer) {
        BannedPeer ban = banned.get(peer);
        return ban != null && ban.until().isAfter(clock.instant());
    }

    /** Returns the bans in force, by peer id; forgets those that are over. */
    public List<BannedPeer> all() {
        Instant now = clock.instant();
        List<BannedPeer> all = new ArrayList<>();
        for (BannedPeer ban : List.copyOf(banned.values())) {
            if (ban.until().isAfter(now)) {
                all.add(ban);
            } else {
                unban(PeerId.parse(ban.peerId()));
            }
        }
        all.sort(Comparator.comparing(BannedPeer::peerId));
        return all;
    }

    @Override
    public boolean allowsDial(PeerId peer, Multiaddr address) {
        return !isBanned(peer);
    }

    @Override
    public boolean allowsAccept(Multiaddr address) {
        return true;
    }

    @Override
    public boolean allowsPeer(PeerId peer, Multiaddr address) {
        return !isBanned(peer);
    }
}
