package io.ggen.marketplace.core.store;

import io.ggen.multiformats.Cid;

import java.util.List;

/**
 * What a cleaning of the store took away.
 *
 * @param freedBytes on the disk
 * @param contents roots of the contents that nobody needs any more
 */
public record Swept(long freedBytes, List<Cid> contents) {
    /** Copies the list. */
    public Swept {
        contents = List.copyOf(contents);
    }
}
