package io.ggen.libp2p.bitswap.session;

import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;

import org.jspecify.annotations.Nullable;

import java.util.Collection;

/**
 * Who of those that fetch the same DAG asks its holders for a block: the one whose name and the
 * block's give the greatest number. Whoever knows of fewer others comes to the same answer where it
 * is its turn, so that no block is left to nobody. Immutable.
 */
final class Shares {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final long self;

    Shares(PeerId self) {
        this.self = seed(self.multihash().toArray());
    }

    /** Returns which of {@code fellows} asks for the block; null where it is this node. */
    @Nullable Provider owner(Cid cid, Collection<Provider> fellows) {
        long block = seed(cid.hash().digest().toArray());
        long most = mixed(block ^ self);
        Provider owner = null;
        for (Provider fellow : fellows) {
            long number = mixed(block ^ fellow.seed());
            if (Long.compareUnsigned(number, most) > 0) {
                most = number;
                owner = fellow;
            }
        }
        return owner;
    }

    /** Returns a number for bytes, the same on every node. */
    static long seed(byte[] bytes) {
        long seed = bytes.length;
        for (byte each : bytes) {
            seed = mixed(seed * 31 + each);
        }
        return seed;
    }

    private static long mixed(long value) {
        long mixed = (value + SPREAD ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
