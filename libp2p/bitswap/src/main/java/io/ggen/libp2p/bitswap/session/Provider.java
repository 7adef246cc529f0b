package io.ggen.libp2p.bitswap.session;

import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a session knows of one provider. Confined to its session. */
final class Provider {
    private static final double NEW_SHARE = 0.3;

    private final PeerId id;
    private final Map<Cid, Flight> flights = new LinkedHashMap<>();
    private final Set<Cid> has = new HashSet<>();
    private final Set<Cid> lacks = new HashSet<>();
    private final Set<Cid> asked = new HashSet<>();
    private boolean partial;
    private long inFlight;
    private Instant heard;
    private double serviceNanos;

    /** A block that was asked for. */
    private record Flight(Instant since, long size) {}

    Provider(PeerId id, Instant now) {
        this.id = id;
        this.heard = now;
    }

    PeerId id() {
        return id;
    }

    boolean hasRoom(SessionOptions options) {
        return flights.size() < options.depth()
                && (inFlight < options.window() || flights.size() < 2);
    }

    boolean isIdle() {
        return flights.isEmpty();
    }

    boolean isFlying(Cid cid) {
        return flights.containsKey(cid);
    }

    /** One that lacks nothing so far may be asked for anything; another for what it says it has. */
    boolean mayHave(Cid cid) {
        return has.contains(cid) || !partial && !lacks.contains(cid);
    }

    boolean lacks(Cid cid) {
        return lacks.contains(cid);
    }

    boolean isPartial() {
        return partial;
    }

    /** Returns when a block of that size would be here, judged by what is under way. */
    double cost(Cid cid, long size) {
        double known = has.contains(cid) ? 0.5 : 1;
        return known * (inFlight + size) * (1 + serviceNanos / 1e9);
    }

    void ask(Cid cid, long size, Instant now) {
        if (flights.isEmpty()) {
            heard = now;
        }
        if (flights.put(cid, new Flight(now, size)) == null) {
            inFlight += size;
        }
    }

    /** Says that it is asked whether it has the block; returns false when it was before. */
    boolean askHave(Cid cid) {
        return asked.add(cid);
    }

    boolean wasAskedWhether(Cid cid) {
        return asked.contains(cid);
    }

    /** Ends what was asked for the block; returns whether something was. */
    boolean land(Cid cid) {
        Flight flight = flights.remove(cid);
        if (flight == null) {
            return false;
        }
        inFlight -= flight.size();
        return true;
    }

    /** Forgets all about a block that is not wanted any more. */
    void forget(Cid cid) {
        land(cid);
        has.remove(cid);
        lacks.remove(cid);
        asked.remove(cid);
    }

    void served(Cid cid, Instant now) {
        Flight flight = flights.get(cid);
        if (flight != null) {
            double took = Duration.between(flight.since(), now).toNanos();
            serviceNanos =
                    serviceNanos == 0 ? took : serviceNanos * (1 - NEW_SHARE) + took * NEW_SHARE;
        }
    }

    void heard(Instant now) {
        heard = now;
    }

    void says(Cid cid, boolean have) {
        if (have) {
            has.add(cid);
            lacks.remove(cid);
        } else {
            has.remove(cid);
            lacks.add(cid);
            partial = true;
        }
    }

    boolean isStalled(Instant now, Duration patience) {
        return !flights.isEmpty() && !heard.plus(patience).isAfter(now);
    }

    /** Returns whether the block was asked for before {@code than}. */
    boolean isOlder(Cid cid, Instant than) {
        Flight flight = flights.get(cid);
        return flight != null && flight.since().isBefore(than);
    }

    Set<Cid> flying() {
        return flights.keySet();
    }

    Duration service() {
        return Duration.ofNanos((long) serviceNanos);
    }
}
