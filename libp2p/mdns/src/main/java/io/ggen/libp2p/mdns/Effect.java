package io.ggen.libp2p.mdns;

import io.ggen.base.Bytes;

/** What {@link Discovery} wants done, in this order. */
public sealed interface Effect {
    /** Send {@code content} to everybody on {@code link}. */
    record Send(Link link, Bytes content) implements Effect {}

    /** Tell the application of a peer. */
    record Found(FoundPeer peer) implements Effect {}
}
