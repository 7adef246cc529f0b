package io.ggen.marketplace.p2p.catalogue;

import io.ggen.base.ByteSize;

import java.time.Duration;

/**
 * What a catalogue may hold.
 *
 * @param records in all; 1,000,000
 * @param bytes of envelopes in all; 2 GiB
 * @param strangers percent of both that publishers may fill who are neither pinned nor trusted; 75
 * @param publishersAnHour new publishers that one peer may introduce by gossip; 10
 * @param recordsAnHour records that one peer may introduce by gossip; 300
 * @param ahead how far in the future a record may be dated; 10 min
 * @param refusals ids remembered for each peer whose records were refused; 4,096
 */
public record CatalogueLimits(
        long records,
        ByteSize bytes,
        int strangers,
        int publishersAnHour,
        int recordsAnHour,
        Duration ahead,
        int refusals) {
    /** Returns the usual limits. */
    public static CatalogueLimits standard() {
        return of(1_000_000, new ByteSize(2L << 30));
    }

    /** Returns the usual limits with other totals. */
    public static CatalogueLimits of(long records, ByteSize bytes) {
        return new CatalogueLimits(records, bytes, 75, 10, 300, Duration.ofMinutes(10), 4_096);
    }
}
