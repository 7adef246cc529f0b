package io.ggen.libp2p.protocol;

import io.ggen.base.Bytes;
import io.ggen.libp2p.io.MemoryPipe;

/** The decoder of identify, for fuzzers. */
public final class IdentifyMessages {
    private IdentifyMessages() {}

    /** Reads what came on a stream, at most 60 KiB, and writes it again. */
    public static Bytes read(Bytes stream) {
        MemoryPipe.Pair pipe = MemoryPipe.create();
        pipe.left().write(stream.buffer());
        pipe.left().closeWrite();
        return IdentifyMessage.read(pipe.right()).encode();
    }
}
