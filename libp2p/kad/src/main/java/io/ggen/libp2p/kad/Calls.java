package io.ggen.libp2p.kad;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The requests that are under way, the oldest first; each has the same time. */
final class Calls {
    private final Duration deadline;
    private final LinkedHashMap<Long, Call> open = new LinkedHashMap<>();
    private long last;

    /**
     * A request.
     *
     * @param task the query that asks, or 0
     */
    record Call(long rpc, long task, KadPeer to, KadRequest request, Instant asked) {}

    Calls(Duration deadline) {
        this.deadline = deadline;
    }

    /** Begins a call of {@code task}. */
    KadEffect.Send begin(long task, KadPeer to, KadRequest request, Instant now) {
        last++;
        open.put(last, new Call(last, task, to, request, now));
        return new KadEffect.Send(last, to, request);
    }

    /** Ends a call; empty when it is not under way. */
    Optional<Call> end(long rpc) {
        return Optional.ofNullable(open.remove(rpc));
    }

    /** Returns the oldest call when its time is up. */
    Optional<Call> late(Instant now) {
        return wakeUp().filter(end -> !now.isBefore(end)).map(end -> open.firstEntry().getValue());
    }

    /** Returns when the time of the oldest is up. */
    Optional<Instant> wakeUp() {
        return Optional.ofNullable(open.firstEntry())
                .map(oldest -> oldest.getValue().asked().plus(deadline));
    }
}
