package io.ggen.marketplace.p2p.reconcile;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The side that begins, and learns what each of the two lacks. The items may change between two
 * messages. Not thread-safe.
 */
public final class Reconciliation {
    private final int limit;
    private final Found found;

    /**
     * Makes one that writes messages of at most {@code limit} bytes, which is at least 4,096, and
     * ends early when it has found {@code most} ids that one of the two lacks, or a few more.
     */
    public Reconciliation(int limit, int most) {
        this.limit = limit;
        this.found = new Found(most);
    }

    /** What was found so far. */
    private static final class Found implements Turn.Differences {
        private final int most;
        private final Set<Sha256> needed = new LinkedHashSet<>();
        private final Set<Sha256> offered = new LinkedHashSet<>();

        Found(int most) {
            this.most = most;
        }

        boolean isEnough() {
            return needed.size() + offered.size() >= most;
        }

        @Override
        public int room() {
            return Math.max(1, most - needed.size() - offered.size());
        }

        @Override
        public void found(List<Item> ours, List<Bytes> theirs) {
            Set<Bytes> unknown = new LinkedHashSet<>(theirs);
            for (Item item : ours) {
                if (!unknown.remove(item.id().bytes())) {
                    offered.add(item.id());
                }
            }
            unknown.forEach(id -> needed.add(new Sha256(id)));
        }
    }

    /** Makes the first message. */
    public Bytes begin(View view) {
        return new Turn(view, limit, found).begin();
    }

    /**
     * Takes an answer; returns the next message, or empty when all is known or enough was found.
     *
     * @throws io.ggen.libp2p.protobuf.MalformedMessageException when it breaks a rule
     */
    public Optional<Bytes> next(View view, Bytes answer) {
        Bytes message = new Turn(view, limit, found).take(answer);
        return message.length() == 1 || found.isEnough() ? Optional.empty() : Optional.of(message);
    }

    /**
     * Returns the ids that the other side has and this one lacks. When it {@link #isCut}, this one
     * may have some of them.
     */
    public Set<Sha256> needed() {
        return found.needed;
    }

    /** Returns the ids that this side has and the other lacks. */
    public Set<Sha256> offered() {
        return found.offered;
    }

    /** Returns whether enough was found: there may be more in another reconciliation. */
    public boolean isCut() {
        return found.isEnough();
    }
}
