package io.ggen.libp2p.muxer;

import io.ggen.libp2p.security.Role;
import io.ggen.libp2p.security.SecureChannel;

/** Yamux, the muxer that every libp2p implementation has. Thread-safe. */
public final class YamuxMuxer implements Muxer {
    private final YamuxOptions options;

    /** Makes a muxer whose connections behave as {@code options} say. */
    public YamuxMuxer(YamuxOptions options) {
        this.options = options;
    }

    @Override
    public String id() {
        return "/yamux/1.0.0";
    }

    @Override
    public MuxedConnection mux(SecureChannel channel, Role role) {
        return YamuxConnection.start(channel, role, options);
    }
}
