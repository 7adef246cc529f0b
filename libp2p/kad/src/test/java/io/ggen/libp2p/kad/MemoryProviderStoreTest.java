package io.ggen.libp2p.kad;

final class MemoryProviderStoreTest extends ProviderStoreContract {
    @Override
    ProviderStore open(StoreLimits limits) {
        return new MemoryProviderStore(limits);
    }
}
