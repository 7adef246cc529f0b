package io.ggen.libp2p.host;

import java.time.InstantSource;

final class MemoryPeerStoreTest extends PeerStoreContract {
    @Override
    protected PeerStore open(InstantSource time, PeerStore.Limits limits) {
        return new MemoryPeerStore(time, limits);
    }
}
