package io.ggen.libp2p.bitswap.session;

import java.time.Duration;

/**
 * How a session asks.
 *
 * @param window bytes that one provider is asked for at a time, as far as sizes are known; 8 MiB
 * @param depth blocks that one provider is asked for at a time; 512, half of what others remember
 * @param hedge after how long a block is asked of a second provider that has nothing else to do;
 *     500 ms
 * @param patience how long a provider may say nothing while something is asked of it; 10 s
 * @param answer how long it may leave one want unanswered while it answers others; 30 s
 * @param rebroadcast how often everything that is open is asked again; 1 min
 */
public record SessionOptions(
        long window,
        int depth,
        Duration hedge,
        Duration patience,
        Duration answer,
        Duration rebroadcast) {
    /** Refuses windows that let nothing through. */
    public SessionOptions {
        if (window < 1 || depth < 1) {
            throw new IllegalArgumentException("a session asks for one block at least");
        }
    }

    /** Returns the standard values. */
    public static SessionOptions standard() {
        return new SessionOptions(
                8 << 20,
                512,
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1));
    }

    /** Returns these options with another patience. */
    public SessionOptions patient(Duration other) {
        return new SessionOptions(window, depth, hedge, other, answer, rebroadcast);
    }
}
