package io.ggen.libp2p.bitswap;

import io.ggen.multiformats.Cid;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The blocks that were asked for last, by any download: an answer to a want that was taken back may
 * still come. Thread-safe.
 */
final class AskedBlocks {
    private static final int MOST = 65_536;

    private final Map<Cid, Boolean> recent =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Cid, Boolean> eldest) {
                    return size() > MOST;
                }
            };

    synchronized void add(Cid cid) {
        recent.remove(cid);
        recent.put(cid, true);
    }

    synchronized boolean contains(Cid cid) {
        return recent.containsKey(cid);
    }
}
