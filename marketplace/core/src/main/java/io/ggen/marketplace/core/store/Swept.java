package io.ggen.marketplace.core.store;

import io.ggen.multiformats.Cid;

import java.util.List;

/**
 * What a cleaning of the store took away.
 *
 * @param freedBytes on the disk
 * @param blocks of contents that nobody needs any more
 * @param contents roots of the contents that nobody needs any more
 */
public record Swept(long freedBytes, long blocks, List<Cid> contents) {
    /** Copies the list. */
    public Swept {
        contents = List.copyOf(contents);
    }
}
