package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;

import java.util.Optional;

/**
 * Something that this node has told the network and tells it again before it is forgotten.
 *
 * @param key of the value, or what this node provides
 * @param value the value; empty for what it provides
 */
public record Publication(Bytes key, Optional<Bytes> value) {
    /** Returns where it belongs. */
    Place place() {
        return Place.of(key);
    }
}
