package io.ggen.libp2p.kad;

/** What a {@link KadNode} wants to be done, or has to tell. */
public sealed interface KadEffect {
    /**
     * Send {@code request} to {@code to}, dialling it where need be, and report what comes of it
     * under {@code rpc}. ADD_PROVIDER gets no answer: report an empty one as soon as it was sent.
     */
    record Send(long rpc, KadPeer to, KadRequest request) implements KadEffect {}

    /** The task that was started under {@code task} has found something or has ended. */
    record Found(long task, QueryEffect.News news) implements KadEffect {}

    /** From now on this node serves others, or does so no more. */
    record ModeChanged(boolean server) implements KadEffect {}
}
