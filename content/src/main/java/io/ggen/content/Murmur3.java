package io.ggen.content;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The first 64 bits of MurmurHash3 x64 128 with seed 0. */
final class Murmur3 {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Murmur3() {}

    static long hash(byte[] key) {
        long h1 = 0;
        long h2 = 0;
        int at = 0;
        for (; at + 16 <= key.length; at += 16) {
            h1 ^= mixFirst((long) WORD.get(key, at));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mixSecond((long) WORD.get(key, at + 8));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        h1 ^= mixFirst(partial(key, at)) ^ key.length;
        h2 ^= mixSecond(partial(key, at + 8)) ^ key.length;
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    private static long mixFirst(long word) {
        return Long.rotateLeft(word * C1, 31) * C2;
    }

    private static long mixSecond(long word) {
        return Long.rotateLeft(word * C2, 33) * C1;
    }

    /** Reads up to eight bytes; those after the end count as zero. */
    private static long partial(byte[] key, int from) {
        long word = 0;
        for (int i = Math.min(key.length, from + 8) - 1; i >= from; i--) {
            word = word << 8 | (key[i] & 0xff);
        }
        return word;
    }

    private static long finish(long word) {
        long mixed = (word ^ word >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
