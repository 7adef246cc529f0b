package io.ggen.libp2p.host;

import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.security.Role;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The connections that stand, by peer, and which of them may be closed when there are too many.
 * Thread-safe; closes nothing itself.
 */
final class Connections {
    private final int lowWater;
    private final int highWater;
    private final int overflow;
    private final Duration grace;
    private final Map<PeerId, List<Connection>> byPeer = new HashMap<>();
    private final Map<PeerId, Set<String>> protections = new HashMap<>();
    private final Map<PeerId, Map<String, Integer>> values = new HashMap<>();
    private int count;

    Connections(HostLimits limits) {
        this.lowWater = limits.lowWater();
        this.highWater = limits.highWater();
        this.overflow = highWater + (limits.system().connections() - highWater) / 2;
        this.grace = limits.grace();
    }

    /** Adds {@code connection}; returns whether it is the first to its peer. */
    synchronized boolean add(Connection connection) {
        count++;
        List<Connection> list =
                byPeer.computeIfAbsent(connection.remotePeer(), peer -> new ArrayList<>());
        list.add(connection);
        return list.size() == 1;
    }

    /** Removes {@code connection}; returns whether it was the last to its peer. */
    synchronized boolean remove(Connection connection) {
        List<Connection> list = byPeer.get(connection.remotePeer());
        if (list == null || !list.remove(connection)) {
            return false;
        }
        count--;
        if (list.isEmpty()) {
            byPeer.remove(connection.remotePeer());
        }
        return list.isEmpty();
    }

    /** Returns the oldest connection to {@code peer} that is open. */
    synchronized Optional<Connection> to(PeerId peer) {
        return byPeer.getOrDefault(peer, List.of()).stream()
                .filter(connection -> !connection.isClosed())
                .findFirst();
    }

    /** Returns the connections to {@code peer}. */
    synchronized List<Connection> all(PeerId peer) {
        return List.copyOf(byPeer.getOrDefault(peer, List.of()));
    }

    synchronized List<Connection> all() {
        return byPeer.values().stream().flatMap(Collection::stream).toList();
    }

    synchronized void protect(PeerId peer, String tag) {
        protections.computeIfAbsent(peer, p -> new HashSet<>()).add(tag);
    }

    synchronized void unprotect(PeerId peer, String tag) {
        protections.computeIfPresent(
                peer,
                (p, tags) -> {
                    tags.remove(tag);
                    return tags.isEmpty() ? null : tags;
                });
    }

    synchronized void value(PeerId peer, String tag, int points) {
        if (points == 0) {
            values.computeIfPresent(
                    peer,
                    (p, tags) -> {
                        tags.remove(tag);
                        return tags.isEmpty() ? null : tags;
                    });
        } else {
            values.computeIfAbsent(peer, p -> new HashMap<>()).put(tag, points);
        }
    }

    private int value(Connection connection) {
        return values.getOrDefault(connection.remotePeer(), Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /**
     * Returns what to close now: nothing while no more than the high water mark are older than
     * their grace, else so many of those that the low mark is left; but of all, the new ones too,
     * when they come near to what there is room for. Never connections of protected peers. Those of
     * the least value go first; of equals those that came in before those that this side made, and
     * the newest before the oldest: who connects in numbers does not push out who was there.
     */
    synchronized List<Connection> surplus(Instant now) {
        boolean isOver = count > overflow;
        long old = all().stream().filter(connection -> !isNew(connection, now)).count();
        long most = isOver ? count - highWater : old > highWater ? old - lowWater : 0;
        return byPeer.entrySet().stream()
                .filter(entry -> !protections.containsKey(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .filter(connection -> isOver || !isNew(connection, now))
                .sorted(
                        Comparator.<Connection>comparingInt(this::value)
                                .thenComparing(Connections::isOurs)
                                .thenComparing(
                                        connection -> connection.facts().since(),
                                        Comparator.reverseOrder()))
                .limit(most)
                .toList();
    }

    private boolean isNew(Connection connection, Instant now) {
        return !connection.facts().since().plus(grace).isBefore(now);
    }

    private static boolean isOurs(Connection connection) {
        return connection.facts().role() == Role.INITIATOR;
    }
}
