package io.ggen.libp2p.kad;

import java.time.Duration;

/**
 * The constants of a query.
 *
 * @param nearest how many peers a lookup finds and a value is stored at; 20
 * @param parallel how many peers are asked at a time; 10
 * @param resilience how many of the nearest have answered before all others of the nearest are
 *     asked at once; 3
 * @param patience how long an answer is waited for before others count in its stead, until it is
 *     known that answers take longer; 1 s. At most three times of it later on. An answer that comes
 *     after that still counts
 * @param deadline how long one peer may take, its dial included; 10 s
 * @param limit how long the whole query may take; 60 s
 */
public record QueryOptions(
        int nearest,
        int parallel,
        int resilience,
        Duration patience,
        Duration deadline,
        Duration limit) {
    /** Checks that all are positive. */
    public QueryOptions {
        if (nearest < 1 || parallel < 1 || resilience < 1) {
            throw new IllegalArgumentException("a query asks somebody");
        }
        if (patience.compareTo(deadline) > 0) {
            throw new IllegalArgumentException("patience ends before the deadline");
        }
    }

    /** Returns the constants of protocol as this project has decided them. */
    public static QueryOptions standard() {
        return new QueryOptions(
                20, 10, 3, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(60));
    }
}
