package io.ggen.libp2p.host;

import io.ggen.libp2p.transport.RawConnection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connections that came in, by where they come from, and their handshakes under way. Those who
 * connect and say nothing cannot keep others out: when there is no room for one more handshake, the
 * oldest of the origin with most of them is ended. Thread-safe.
 */
final class Crowd {
    private final Crowding limits;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<RawConnection, Origin> handshakes = new LinkedHashMap<>();

    Crowd(Crowding limits) {
        this.limits = limits;
    }

    /** Counts one more from {@code origin}; returns false when it has as many as it may. */
    synchronized boolean enter(Origin origin) {
        if (isUncounted(origin)) {
            return true;
        }
        if (count(origin.address()) >= limits.perAddress()
                || count(network(origin)) >= limits.perNetwork()) {
            return false;
        }
        counts.merge(origin.address(), 1, Integer::sum);
        counts.merge(network(origin), 1, Integer::sum);
        return true;
    }

    /** Takes back an {@link #enter} that returned true. */
    synchronized void leave(Origin origin) {
        if (!isUncounted(origin)) {
            counts.computeIfPresent(origin.address(), (key, n) -> n == 1 ? null : n - 1);
            counts.computeIfPresent(network(origin), (key, n) -> n == 1 ? null : n - 1);
        }
    }

    private boolean isUncounted(Origin origin) {
        return origin.isLocal() && !limits.countsLocal();
    }

    private int count(String key) {
        return counts.getOrDefault(key, 0);
    }

    private static String network(Origin origin) {
        return origin.network() + "/";
    }

    /** Begins a handshake; closes another when there are too many. */
    void beginHandshake(RawConnection connection, Origin origin) {
        Optional<RawConnection> displaced;
        synchronized (this) {
            displaced = handshakes.size() < limits.handshakes() ? Optional.empty() : eldest();
            displaced.ifPresent(handshakes::remove);
            handshakes.put(connection, origin);
        }
        displaced.ifPresent(RawConnection::close);
    }

    synchronized void endHandshake(RawConnection connection) {
        handshakes.remove(connection);
    }

    private Optional<RawConnection> eldest() {
        Map<String, List<RawConnection>> byAddress = new LinkedHashMap<>();
        handshakes.forEach((connection, origin) ->
                byAddress
                        .computeIfAbsent(origin.address(), key -> new ArrayList<>())
                        .add(connection));
        List<RawConnection> most = List.of();
        for (List<RawConnection> each : byAddress.values()) {
            most = each.size() > most.size() ? each : most;
        }
        return most.stream().findFirst();
    }
}
