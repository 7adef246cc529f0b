package io.ggen.simulator.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;

final class EventQueueTest {
    private record Entry(long time, int order) {}

    @Test
    void eventsHappenByTimeAndThenByOrder() {
        Property.forAll(
                random -> random.ints(random.nextInt(3_000), 0, 50).boxed().toList(),
                30,
                times -> {
                    var queue = new EventQueue();
                    List<Entry> expected = new ArrayList<>();
                    List<Entry> happened = new ArrayList<>();
                    for (int i = 0; i < times.size(); i++) {
                        var entry = new Entry(times.get(i), i);
                        expected.add(entry);
                        queue.add(entry.time(), () -> happened.add(entry));
                    }
                    expected.sort(
                            Comparator.comparingLong(Entry::time).thenComparingInt(Entry::order));
                    while (queue.size() > 0) {
                        assertThat(queue.nextTime()).isEqualTo(expected.get(happened.size()).time);
                        queue.remove().run();
                    }
                    assertThat(happened).isEqualTo(expected);
                });
    }

    @Test
    void anEmptyQueueHasNoNextEvent() {
        var queue = new EventQueue();
        assertThatThrownBy(queue::remove).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(queue::nextTime).isInstanceOf(NoSuchElementException.class);
    }
}
