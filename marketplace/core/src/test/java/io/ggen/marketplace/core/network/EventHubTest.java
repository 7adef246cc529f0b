package io.ggen.marketplace.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class EventHubTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static NetworkEvent event(int number) {
        return new NetworkEvent.PeerDisconnected(NOW, "peer-" + number);
    }

    @Test
    void everyListenerHearsEveryEventFromThenOn() throws InterruptedException {
        try (EventHub hub = new EventHub()) {
            EventStream first = hub.subscribe();
            hub.publish(event(1));
            EventStream second = hub.subscribe();
            hub.publish(event(2));
            assertThat(first.next(Duration.ZERO)).contains(event(1));
            assertThat(first.next(Duration.ZERO)).contains(event(2));
            assertThat(second.next(Duration.ZERO)).contains(event(2));
            assertThat(second.next(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void aListenerThatSleepsLosesTheOldestAndIsToldSo() throws InterruptedException {
        try (EventHub hub = new EventHub()) {
            EventStream stream = hub.subscribe();
            for (int i = 0; i < EventHub.CAPACITY + 3; i++) {
                hub.publish(event(i));
            }
            assertThat(stream.dropped()).isEqualTo(3);
            assertThat(stream.next(Duration.ZERO)).contains(event(3));
        }
    }

    @Test
    void whatWaitsCanBeTakenAfterTheEnd() throws InterruptedException {
        EventHub hub = new EventHub();
        EventStream stream = hub.subscribe();
        hub.publish(event(1));
        hub.close();
        assertThat(stream.closed()).isFalse();
        assertThat(stream.next(Duration.ofSeconds(5))).contains(event(1));
        assertThat(stream.closed()).isTrue();
        assertThat(hub.subscribe().closed()).isTrue();
    }

    @Test
    void closingEndsAWaitOfAnotherThread() throws InterruptedException {
        EventHub hub = new EventHub();
        EventStream stream = hub.subscribe();
        Thread closer = Thread.ofVirtual().start(stream::close);
        assertThat(stream.next(Duration.ofSeconds(30))).isEmpty();
        closer.join();
    }
}
