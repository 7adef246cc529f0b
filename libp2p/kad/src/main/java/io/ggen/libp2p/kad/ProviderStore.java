package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;

import java.time.Instant;
import java.util.List;

/** Who has what, as others have told. Thread-safe. */
public interface ProviderStore {
    /**
     * Remembers that {@code provider} has what {@code key} names, or that it still has it.
     *
     * @return whether there was room
     */
    boolean add(Bytes key, KadPeer provider, Instant now);

    /**
     * Returns the providers of {@code key} whose time has not run out, the latest first; without
     * addresses once those are too old.
     */
    List<KadPeer> get(Bytes key, Instant now);

    /** Drops what has run out; returns how many. */
    int collect(Instant now);
}
