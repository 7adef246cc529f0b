package io.ggen.marketplace.p2p.node;

import io.ggen.marketplace.core.network.NodeActivity;
import io.ggen.multiformats.Cid;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Which contents are on their way to this node, and what came since it started. */
final class Transfers {
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();

    /** One download; closed when it is over. */
    final class Running implements AutoCloseable {
        private final Cid cid;
        private final Downloads.Steps steps;

        private Running(Cid cid, Downloads.Steps steps) {
            this.cid = cid;
            this.steps = steps;
        }

        @Override
        public void close() {
            if (running.remove(this)) {
                received.addAndGet(steps.bytes());
            }
        }
    }

    Running begin(Cid cid, Downloads.Steps steps) {
        var one = new Running(cid, steps);
        running.add(one);
        return one;
    }

    /** Notes that a content was wanted, and whether it was here. */
    void wanted(boolean here) {
        (here ? hits : misses).incrementAndGet();
    }

    long hits() {
        return hits.get();
    }

    long misses() {
        return misses.get();
    }

    /** Returns the bytes of content that came, those under way included. */
    long receivedBytes() {
        return received.get() + running.stream().mapToLong(it -> it.steps.bytes()).sum();
    }

    /** Returns what is under way; several peers may bring one content, so none is named. */
    List<NodeActivity.Transfer> underWay() {
        return running.stream()
                .map(it -> new NodeActivity.Transfer("", it.cid.toString(), true, it.steps.bytes()))
                .toList();
    }
}
