package io.ggen.libp2p.kad;

import java.time.Duration;

/**
 * The constants of a query.
 *
 * @param nearest how many peers a lookup finds and a value is stored at; 20
 * @param named how many peers an answer may name; 30, so that twenty remain when some are dead
 * @param parallel how many peers are asked at a time, besides the spare ones; 10
 * @param resilience how many of the nearest have answered before all others of the nearest are
 *     asked at once; 3
 * @param patience how long a peer that has taken the connection is waited for before others count
 *     in its stead, longer where it is far away, at most three times of it; 1 s. How soon the
 *     connection is to be taken is learned; 0.38 s in the beginning. Who comes late still counts
 * @param deadline how long one peer may take, its dial included; 10 s
 * @param limit how long the whole query may take; 60 s
 */
public record QueryOptions(
        int nearest,
        int named,
        int parallel,
        int resilience,
        Duration patience,
        Duration deadline,
        Duration limit) {
    /** Checks that all are positive. */
    public QueryOptions {
        if (nearest < 1 || named < nearest || parallel < 1 || resilience < 1) {
            throw new IllegalArgumentException("a query asks somebody");
        }
        if (patience.compareTo(deadline) > 0) {
            throw new IllegalArgumentException("patience ends before the deadline");
        }
    }

    /** Returns the constants of protocol as this project has decided them. */
    public static QueryOptions standard() {
        return new QueryOptions(
                20,
                30,
                10,
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }
}
