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
    private final long seed;
    private final Map<Cid, Flight> flights = new LinkedHashMap<>();
    private final Set<Cid> has = new HashSet<>();
    private final Set<Cid> lacks = new HashSet<>();
    private final Set<Cid> asked = new HashSet<>();
    private boolean partial;
    private boolean fellow;
    private long inFlight;
    private Instant heard;
    private Instant gave;
    private Instant idleSince;
    private double serviceNanos;
    private double paceNanos;
    private double waitedNanos;
    private long broughtBlocks;
    private Instant brought = Instant.MIN;

    /** A block that was asked for. */
    private record Flight(Instant since, long size) {}

    Provider(PeerId id, Instant now) {
        this.id = id;
        this.seed = Shares.seed(id.multihash().toArray());
        this.heard = now;
        this.gave = now;
        this.idleSince = now;
    }

    PeerId id() {
        return id;
    }

    /** Returns its number for {@link Shares}. */
    long seed() {
        return seed;
    }

    boolean hasRoom(SessionOptions options) {
        return flights.size() < options.depth()
                && (inFlight < options.window() || flights.size() < 2);
    }

    boolean isIdle() {
        return flights.isEmpty();
    }

    /** Returns whether nothing was asked of it since {@code then}. */
    boolean isIdleSince(Instant then) {
        return flights.isEmpty() && !idleSince.isAfter(then);
    }

    /** Takes note that it fetches the same DAG; what it has is for it to say from now on. */
    void becomeFellow(Instant now) {
        fellow = true;
        partial = true;
        gave = now;
    }

    boolean isFellow() {
        return fellow;
    }

    /** Returns whether it came to have something since {@code then}. */
    boolean hasGivenSince(Instant then) {
        return gave.isAfter(then);
    }

    private void gives(Instant now) {
        paceNanos = average(paceNanos, Duration.between(gave, now));
        gave = now;
    }

    /** Returns how much time passes until it has one block more. */
    Duration pace(Instant now) {
        Duration silence = Duration.between(gave, now);
        Duration usual = Duration.ofNanos((long) paceNanos);
        return silence.compareTo(usual) > 0 ? silence : usual;
    }

    boolean has(Cid cid) {
        return has.contains(cid);
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
    boolean land(Cid cid, Instant now) {
        Flight flight = flights.remove(cid);
        if (flight == null) {
            return false;
        }
        inFlight -= flight.size();
        if (flights.isEmpty()) {
            idleSince = now;
        }
        return true;
    }

    /** Forgets all about a block that is not wanted any more. */
    void forget(Cid cid, Instant now) {
        land(cid, now);
        has.remove(cid);
        lacks.remove(cid);
        asked.remove(cid);
    }

    void served(Cid cid, Instant now) {
        Flight flight = flights.get(cid);
        if (flight != null) {
            serviceNanos = average(serviceNanos, Duration.between(flight.since(), now));
            Instant before = flight.since().isAfter(brought) ? flight.since() : brought;
            waitedNanos += Duration.between(before, now).toNanos();
            brought = now;
            broughtBlocks++;
        }
    }

    private static double average(double usual, Duration latest) {
        double took = latest.toNanos();
        return usual == 0 ? took : usual * (1 - NEW_SHARE) + took * NEW_SHARE;
    }

    /** Returns how much time passed between two blocks that it brought, on the whole. */
    Duration interval() {
        return Duration.ofNanos((long) waitedNanos / Math.max(1, broughtBlocks));
    }

    void heard(Instant now) {
        heard = now;
    }

    void says(Cid cid, boolean have, Instant now) {
        if (have) {
            gives(now);
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
