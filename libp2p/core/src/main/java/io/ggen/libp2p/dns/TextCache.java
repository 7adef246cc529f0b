package io.ggen.libp2p.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * TXT records that were looked up, for as long as they hold: what their servers say, but no longer
 * than an hour; 30 seconds for a name without any. At most 256 names, beyond which the one not
 * asked for longest is forgotten. Thread-safe, never blocks.
 */
final class TextCache {
    static final int MAX = 256;

    private static final long LONGEST = Duration.ofHours(1).toSeconds();
    private static final long NOTHING = 30;

    private final LinkedHashMap<DnsName, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private record Entry(List<String> texts, Instant end) {}

    /** Returns what is known of {@code name}; an empty list where it has no records. */
    synchronized Optional<List<String>> get(DnsName name, Instant now) {
        return Optional.ofNullable(entries.get(name))
                .filter(entry -> now.isBefore(entry.end()))
                .map(Entry::texts);
    }

    /** Remembers {@code answer}. */
    synchronized void put(DnsName name, TextQuestion.Answer.Texts answer, Instant now) {
        long seconds = answer.texts().isEmpty() ? NOTHING : Math.min(answer.ttl(), LONGEST);
        if (entries.size() >= MAX && !entries.containsKey(name)) {
            entries.pollFirstEntry();
        }
        entries.put(name, new Entry(List.copyOf(answer.texts()), now.plusSeconds(seconds)));
    }
}
