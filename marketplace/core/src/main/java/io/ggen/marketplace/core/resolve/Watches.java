package io.ggen.marketplace.core.resolve;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Draws the conclusions of every fact: each is looked at only when one of the two terms it watches
 * comes to hold.
 */
final class Watches {
    private final Trail trail;
    private WatchList[] lists = new WatchList[64];
    private int done;

    Watches(Trail trail) {
        this.trail = trail;
    }

    void open(Node node) {
        if (node.index >= lists.length) {
            lists = Arrays.copyOf(lists, 2 * node.index);
        }
        lists[node.index] = new WatchList();
    }

    /** Begins to watch {@code fact}, through terms that do not hold where there are any. */
    void attach(Incompatibility fact) {
        fact.attached = true;
        if (fact.nodes.length < 2) {
            return;
        }
        fact.watch = 0;
        fact.otherWatch = 1;
        for (int i = 2; i < fact.nodes.length && trail.holds(fact, fact.watch); i++) {
            if (!trail.holds(fact, i)) {
                fact.watch = i;
            }
        }
        for (int i = 2; i < fact.nodes.length && trail.holds(fact, fact.otherWatch); i++) {
            if (i != fact.watch && !trail.holds(fact, i)) {
                fact.otherWatch = i;
            }
        }
        lists[fact.nodes[fact.watch].index].add(fact, fact.watch, fact.otherWatch);
        lists[fact.nodes[fact.otherWatch].index].add(fact, fact.otherWatch, fact.watch);
        fact.widened = false;
    }

    /** Takes note that the first of two terms has become wider. */
    void refresh(Incompatibility fact) {
        for (int term = 0; term < fact.nodes.length && fact.nodes.length == 2; term++) {
            lists[fact.nodes[term].index].refresh(fact, term);
        }
        fact.widened = false;
    }

    /** Forgets what was waiting: the trail was taken back. */
    void restart() {
        done = Math.min(done, trail.size);
    }

    /** Draws every conclusion; returns a fact whose terms all hold, if there is one. */
    @Nullable Incompatibility propagate() {
        while (done < trail.size) {
            Incompatibility conflict = visit(trail.nodeAt[done]);
            if (conflict != null) {
                return conflict;
            }
            done++;
        }
        return null;
    }

    private @Nullable Incompatibility visit(Node node) {
        WatchList list = lists[node.index];
        long word = trail.domain[node.offset];
        int i = list.next(0, trail.domain, word);
        while (i < list.count()) {
            Incompatibility fact = list.fact(i);
            if (!holdsAt(fact, node)) {
                i++;
            } else if (moved(fact)) {
                list.remove(i);
            } else if (conclude(fact)) {
                i++;
            } else {
                return fact;
            }
            i = list.next(i, trail.domain, word);
        }
        return null;
    }

    /** Makes the watched term of {@code node} the first, and returns whether it holds. */
    private boolean holdsAt(Incompatibility fact, Node node) {
        if (fact.nodes[fact.watch] != node) {
            int other = fact.watch;
            fact.watch = fact.otherWatch;
            fact.otherWatch = other;
        }
        return trail.holds(fact, fact.watch);
    }

    /** Watches another term in place of the first, where one does not hold. */
    private boolean moved(Incompatibility fact) {
        if (fact.nodes.length == 2 || trail.fails(fact, fact.otherWatch)) {
            return false;
        }
        for (int i = 0; i < fact.nodes.length; i++) {
            if (i != fact.watch && i != fact.otherWatch && !trail.holds(fact, i)) {
                fact.watch = i;
                lists[fact.nodes[i].index].add(fact, i, fact.otherWatch);
                return true;
            }
        }
        return false;
    }

    /** Excludes the other watched term, as all the rest holds; returns false on a conflict. */
    private boolean conclude(Incompatibility fact) {
        if (trail.fails(fact, fact.otherWatch)) {
            return true;
        }
        if (trail.holds(fact, fact.otherWatch)) {
            return false;
        }
        trail.exclude(fact, fact.otherWatch);
        return true;
    }
}
