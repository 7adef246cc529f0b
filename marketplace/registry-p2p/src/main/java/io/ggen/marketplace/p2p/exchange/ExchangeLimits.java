package io.ggen.marketplace.p2p.exchange;

import java.time.Duration;

/**
 * What one exchange may cost.
 *
 * @param differences ids that one reconciliation finds before it is cut; 32,768
 * @param rounds messages of reconciliation that are answered; 256
 * @param refused records that may be refused or missing before the exchange ends; 1,000
 * @param silence how long the other side may keep this one waiting, and how long an exchange that
 *     it began is left alone when others want its place; 30 s
 * @param duration how long the exchange may last in all; 10 min
 * @param interval how often a peer is chosen for another exchange; 10 min
 * @param incoming exchanges that others may have begun at once; 8
 */
public record ExchangeLimits(
        int differences,
        int rounds,
        int refused,
        Duration silence,
        Duration duration,
        Duration interval,
        int incoming) {
    /** Returns the usual limits. */
    public static ExchangeLimits standard() {
        return new ExchangeLimits(
                32_768,
                256,
                1_000,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                8);
    }

    /** Returns these limits, cutting a reconciliation after so many differences. */
    public ExchangeLimits cutAfter(int others) {
        return new ExchangeLimits(others, rounds, refused, silence, duration, interval, incoming);
    }
}
