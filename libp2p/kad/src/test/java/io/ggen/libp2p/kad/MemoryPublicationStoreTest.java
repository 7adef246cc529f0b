package io.ggen.libp2p.kad;

final class MemoryPublicationStoreTest extends PublicationStoreContract {
    @Override
    PublicationStore open() {
        return new MemoryPublicationStore();
    }
}
