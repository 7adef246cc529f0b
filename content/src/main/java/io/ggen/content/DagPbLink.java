package io.ggen.content;

import io.ggen.multiformats.Cid;

/**
 * A link of a {@link DagPbNode}.
 *
 * @param name the entry's name in a folder, empty in a file
 * @param totalSize bytes of the block and of all blocks below it, as the linking node claims
 */
public record DagPbLink(String name, Cid cid, long totalSize) {
    /** Refuses a negative size. */
    public DagPbLink {
        if (totalSize < 0) {
            throw ContentException.malformed("a link claims a negative size: " + totalSize);
        }
    }
}
