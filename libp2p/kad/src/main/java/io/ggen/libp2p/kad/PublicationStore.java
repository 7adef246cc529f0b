package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a node has published, by place, and when it is due to be published again; one publication of
 * each key. Thread-safe.
 */
public interface PublicationStore {
    /** Adds or replaces a publication. */
    void put(Publication publication, Instant due);

    /** Forgets the publication of {@code key}. */
    void remove(Bytes key);

    /** Returns the place of the one that has been due for longest at {@code now}. */
    Optional<Place> due(Instant now);

    /** Returns the first {@code most} from one place to another, both included, in order. */
    List<Publication> within(Place from, Place to, int most);

    /** Lets all from one place to another, both included, be due at another time. */
    void reschedule(Place from, Place to, Instant due);

    /** Returns how many there are. */
    int size();
}
