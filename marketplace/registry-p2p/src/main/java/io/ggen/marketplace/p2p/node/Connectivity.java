package io.ggen.marketplace.p2p.node;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether this node is cut off, and when it tries to come back. Pure; confined to one
 * owner. States: good → limited, when few peers are left of more, or no bootstrap node is reached,
 * and nobody new has come for a minute → good, as soon as somebody does. Without any peer it is
 * alone.
 */
final class Connectivity {
    private static final int FEW = 5;
    private static final Duration SUSPICION = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final boolean configured;
    private final Instant begun;
    private int peers;
    private int most;
    private boolean reached;
    private Instant lastNew;
    private Instant lastTry = Instant.MIN;
    private boolean warned;

    /** Begins at {@code now}, with or without bootstrap nodes. */
    Connectivity(boolean configured, Instant now) {
        this.configured = configured;
        this.begun = now;
        this.lastNew = now;
    }

    /** How well a node is connected. */
    enum State {
        GOOD,
        LIMITED,
        ALONE
    }

    /** Hears how many peers are connected, after one came or went. */
    void peers(int count, boolean isNew, Instant now) {
        peers = count;
        most = Math.max(most, count);
        if (isNew) {
            lastNew = now;
        }
    }

    /** Hears whether a bootstrap node was reached. */
    void tried(boolean success, Instant now) {
        lastTry = now;
        reached = success;
        if (success) {
            warned = false;
        }
    }

    State state(Instant now) {
        if (peers == 0) {
            return State.ALONE;
        }
        boolean fewer = peers < FEW && most >= FEW;
        boolean unreachable = configured && !reached;
        boolean quiet = !now.isBefore(lastNew.plus(SUSPICION));
        return (fewer || unreachable) && quiet ? State.LIMITED : State.GOOD;
    }

    /** Returns whether it is time to look for bootstrap nodes again. */
    boolean isTryDue(Instant now) {
        return configured
                && (lastTry.equals(Instant.MIN)
                        || state(now) != State.GOOD && !now.isBefore(lastTry.plus(AGAIN)));
    }

    /**
     * Returns, once for each time that it is cut off, that nobody was reached for half a minute;
     * sooner where all bootstrap nodes have refused.
     */
    boolean isWarningDue(Instant now) {
        boolean given = !now.isBefore(begun.plus(PATIENCE)) || !lastTry.equals(Instant.MIN);
        if (warned || !configured || peers > 0 || !given) {
            return false;
        }
        warned = true;
        return true;
    }
}
