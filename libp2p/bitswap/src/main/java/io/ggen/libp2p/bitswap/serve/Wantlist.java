package io.ggen.libp2p.bitswap.serve;

import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.bitswap.wire.Want;
import io.ggen.multiformats.Cid;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one peer wants of this node. Each want goes due → waiting → met, and from waiting back to
 * due when its block arrives here. Wants beyond the bound are dropped: their asker asks again. A
 * pure machine, not thread-safe.
 */
public final class Wantlist {
    private final int most;
    private final Map<Cid, Want> due = new LinkedHashMap<>();
    private final Map<Cid, Want> waiting = new LinkedHashMap<>();

    /** Makes an empty list that remembers {@code most} wants. */
    public Wantlist(int most) {
        this.most = most;
    }

    /** Applies the wants of a message; returns how many found no room. */
    public int apply(Message message) {
        if (message.full()) {
            due.clear();
            waiting.clear();
        }
        int dropped = 0;
        for (Want want : message.wants()) {
            dropped += apply(want) ? 0 : 1;
        }
        return dropped;
    }

    private boolean apply(Want want) {
        Want before = due.remove(want.cid());
        waiting.remove(want.cid());
        if (want.kind() == Want.Kind.CANCEL) {
            return true;
        }
        if (size() >= most) {
            return false;
        }
        boolean stronger = before != null && before.kind() == Want.Kind.BLOCK;
        due.put(want.cid(), stronger ? before : want);
        return true;
    }

    /** Returns the next want to be answered; it waits until {@link #met} or due again. */
    public Optional<Want> next() {
        var first = due.entrySet().iterator();
        if (!first.hasNext()) {
            return Optional.empty();
        }
        Want want = first.next().getValue();
        first.remove();
        waiting.put(want.cid(), want);
        return Optional.of(want);
    }

    /** Forgets a want that is answered with the block, or with its being there. */
    public void met(Want want) {
        waiting.remove(want.cid());
        due.remove(want.cid(), want);
    }

    /** Makes the want of a block that has arrived due again; returns whether there is one. */
    public boolean arrived(Cid cid) {
        Want want = waiting.remove(cid);
        if (want == null) {
            return false;
        }
        due.put(cid, want);
        return true;
    }

    /** Returns whether {@link #next} has one. */
    public boolean isDue() {
        return !due.isEmpty();
    }

    /** Returns whether the peer waits for a block that is not here. */
    boolean waitsFor(Cid cid) {
        return waiting.containsKey(cid);
    }

    int size() {
        return due.size() + waiting.size();
    }
}
