package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Publications in memory. Thread-safe. */
public final class MemoryPublicationStore implements PublicationStore {
    private final TreeMap<Place, Entry> entries = new TreeMap<>();

    private record Entry(Publication publication, Instant due) {}

    @Override
    public synchronized void put(Publication publication, Instant due) {
        entries.put(publication.place(), new Entry(publication, due));
    }

    @Override
    public synchronized void remove(Bytes key) {
        entries.remove(Place.of(key));
    }

    @Override
    public synchronized Optional<Place> due(Instant now) {
        return entries.entrySet().stream()
                .filter(entry -> !entry.getValue().due().isAfter(now))
                .min((a, b) -> a.getValue().due().compareTo(b.getValue().due()))
                .map(Map.Entry::getKey);
    }

    @Override
    public synchronized List<Publication> within(Place from, Place to, int most) {
        return entries.subMap(from, true, to, true).values().stream()
                .limit(most)
                .map(Entry::publication)
                .toList();
    }

    @Override
    public synchronized void reschedule(Place from, Place to, Instant due) {
        entries.subMap(from, true, to, true)
                .replaceAll((place, entry) -> new Entry(entry.publication(), due));
    }

    @Override
    public synchronized int size() {
        return entries.size();
    }
}
