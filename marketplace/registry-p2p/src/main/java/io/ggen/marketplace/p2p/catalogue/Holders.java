package io.ggen.marketplace.p2p.catalogue;

import io.ggen.base.Sha256;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who offered the records that came lately, so far as it tells independent ones apart. Bounded: the
 * oldest is forgotten. Not thread-safe.
 */
final class Holders {
    /** How many independent holders make a record one that counts against nobody. */
    static final int MANY = 3;

    private static final int MAX_RECORDS = 16_384;

    private final Map<Sha256, Set<Object>> holders = new LinkedHashMap<>();

    /** Notes that {@code from} has the record; returns how many independent holders are known. */
    int offered(Sha256 id, Introducer from) {
        Set<Object> known = holders.computeIfAbsent(id, it -> new HashSet<>());
        if (known.size() < MANY) {
            known.add(from.independence());
        }
        if (holders.size() > MAX_RECORDS) {
            holders.remove(holders.keySet().iterator().next());
        }
        return known.size();
    }
}
