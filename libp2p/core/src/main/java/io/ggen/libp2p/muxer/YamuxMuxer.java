package io.ggen.libp2p.muxer;

import io.ggen.libp2p.io.BufferPool;
import io.ggen.libp2p.io.MemoryBudget;
import io.ggen.libp2p.security.Role;
import io.ggen.libp2p.security.SecureChannel;

/** Yamux, the muxer that every libp2p implementation has. Thread-safe. */
public final class YamuxMuxer implements Muxer {
    private static final int SMALL = 2048;
    private static final int MAX_POOLED = 64;

    private final YamuxOptions options;
    private final Pools pools =
            new Pools(
                    new BufferPool(SMALL, MAX_POOLED),
                    new BufferPool(YamuxOptions.MAX_FRAME + SMALL, MAX_POOLED),
                    new BufferPool(YamuxOptions.BATCH + SMALL, MAX_POOLED));

    /** Where connections get buffers from: to read little or much, and to write. */
    record Pools(BufferPool small, BufferPool large, BufferPool output) {}

    /** What a connection works with. */
    record Means(YamuxOptions options, Pools pools, MemoryBudget memory) {}

    /** Makes a muxer whose connections behave as {@code options} say. */
    public YamuxMuxer(YamuxOptions options) {
        this.options = options;
    }

    @Override
    public String id() {
        return "/yamux/1.0.0";
    }

    @Override
    public MuxedConnection mux(SecureChannel channel, Role role, MemoryBudget memory) {
        return YamuxConnection.start(channel, role, new Means(options, pools, memory));
    }
}
