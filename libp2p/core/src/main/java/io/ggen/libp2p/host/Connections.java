package io.ggen.libp2p.host;

import io.ggen.libp2p.key.PeerId;

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
    private final Duration grace;
    private final Map<PeerId, List<Connection>> byPeer = new HashMap<>();
    private final Map<PeerId, Set<String>> protections = new HashMap<>();
    private int count;

    Connections(HostLimits limits) {
        this.lowWater = limits.lowWater();
        this.highWater = limits.highWater();
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

    /**
     * Returns what to close now: nothing below the high water mark, else enough to come down to the
     * low one, connections without streams and old ones first, never protected or new ones.
     */
    synchronized List<Connection> surplus(Instant now) {
        if (count <= highWater) {
            return List.of();
        }
        return byPeer.entrySet().stream()
                .filter(entry -> !protections.containsKey(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .filter(connection -> connection.facts().since().plus(grace).isBefore(now))
                .sorted(
                        Comparator.comparingInt(Connection::streams)
                                .thenComparing(connection -> connection.facts().since()))
                .limit(count - lowWater)
                .toList();
    }
}
