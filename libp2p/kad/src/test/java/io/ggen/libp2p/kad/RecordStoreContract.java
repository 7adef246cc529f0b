package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.RecordStore.Stored;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What every store of values does. */
abstract class RecordStoreContract {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFETIME = Duration.ofDays(2);

    private RecordStore store;

    /** Returns an empty store. */
    abstract RecordStore open(Validator validator, StoreLimits limits);

    @BeforeEach
    void start() {
        store =
                open(
                        new Validators(Map.of("n", new Greatest())),
                        new StoreLimits(2, 10, 1, 1, 1, LIFETIME, LIFETIME));
    }

    /** Values of at least one byte; the greater one is the better one. */
    private static final class Greatest implements Validator {
        @Override
        public boolean isValid(KadRecord record) {
            return record.value().length() > 0;
        }

        @Override
        public int compare(KadRecord a, KadRecord b) {
            return a.value().compareTo(b.value());
        }
    }

    @Test
    void keepsTheBestAndRefusesReplayOfAnOlderOne() {
        assertThat(store.put(record("a", "1"), START)).isEqualTo(Stored.KEPT);
        assertThat(store.put(record("a", "2"), START)).isEqualTo(Stored.KEPT);
        assertThat(store.put(record("a", "1"), START)).isEqualTo(Stored.STALE);
        assertThat(store.get(Bytes.utf8("/n/a"), START)).contains(record("a", "2"));
    }

    @Test
    void refusesWhatIsNotValid() {
        assertThat(store.put(record("a", ""), START)).isEqualTo(Stored.INVALID);
        assertThat(store.put(record("a", "12345678901"), START)).isEqualTo(Stored.INVALID);
        var stranger = new KadRecord(Bytes.utf8("/m/a"), Bytes.utf8("1"));
        assertThat(store.put(stranger, START)).isEqualTo(Stored.INVALID);
        assertThat(store.get(stranger.key(), START)).isEmpty();
    }

    @Test
    void forgetsAfter48HoursUnlessItIsPutAgain() {
        store.put(record("a", "1"), START);
        store.put(record("b", "1"), START);
        assertThat(store.put(record("a", "1"), START.plusSeconds(60))).isEqualTo(Stored.RENEWED);
        Instant end = START.plus(LIFETIME);
        assertThat(store.get(Bytes.utf8("/n/a"), end)).isPresent();
        assertThat(store.get(Bytes.utf8("/n/b"), end)).isEmpty();
        assertThat(store.collect(end)).isEqualTo(1);
        assertThat(store.put(record("b", "0"), end))
                .as("the old one is gone")
                .isEqualTo(Stored.KEPT);
    }

    @Test
    void aFloodOfKeysDisplacesNothing() {
        store.put(record("a", "1"), START);
        store.put(record("b", "1"), START);
        assertThat(store.put(record("c", "1"), START)).isEqualTo(Stored.FULL);
        assertThat(store.put(record("a", "2"), START)).isEqualTo(Stored.KEPT);
        assertThat(store.put(record("c", "1"), START.plus(LIFETIME).plusSeconds(1)))
                .isEqualTo(Stored.KEPT);
    }

    private static KadRecord record(String name, String value) {
        return new KadRecord(Bytes.utf8("/n/" + name), Bytes.utf8(value));
    }
}
