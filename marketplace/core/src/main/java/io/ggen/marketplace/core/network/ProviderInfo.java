package io.ggen.marketplace.core.network;

import io.ggen.multiformats.Multiaddr;

import java.util.List;

/** A peer that says that it holds some content. */
public record ProviderInfo(String peerId, List<Multiaddr> addresses) {
    /** Copies the list. */
    public ProviderInfo {
        addresses = List.copyOf(addresses);
    }
}
