package io.ggen.libp2p.transport;

import java.time.Duration;

/**
 * How a {@link MemoryNetwork} treats its connections. Shares are between 0 and 1, drawn for each
 * dial from the network's seed.
 *
 * @param latency how long each byte is under way at least
 * @param jitter by how much connections may be slower than that; one draw for each
 * @param refused dials that fail at once
 * @param lost dials that are never answered
 * @param broken connections that break within their first 64 KiB
 * @param overtaken connections that the listener hears of only after the next one
 */
public record Weather(
        Duration latency,
        Duration jitter,
        double refused,
        double lost,
        double broken,
        double overtaken) {
    /** Returns a network without latency and without faults. */
    public static Weather calm() {
        return new Weather(Duration.ZERO, Duration.ZERO, 0, 0, 0, 0);
    }

    /** Returns this weather with another latency. */
    public Weather slow(Duration otherLatency, Duration otherJitter) {
        return new Weather(otherLatency, otherJitter, refused, lost, broken, overtaken);
    }

    /** Returns this weather with another share of refused dials. */
    public Weather refusing(double share) {
        return new Weather(latency, jitter, share, lost, broken, overtaken);
    }

    /** Returns this weather with another share of dials that nobody answers. */
    public Weather losing(double share) {
        return new Weather(latency, jitter, refused, share, broken, overtaken);
    }

    /** Returns this weather with another share of connections that break. */
    public Weather breaking(double share) {
        return new Weather(latency, jitter, refused, lost, share, overtaken);
    }

    /** Returns this weather with another share of connections that are overtaken. */
    public Weather reordering(double share) {
        return new Weather(latency, jitter, refused, lost, broken, share);
    }
}
