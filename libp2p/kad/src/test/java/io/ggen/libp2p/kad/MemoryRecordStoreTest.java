package io.ggen.libp2p.kad;

final class MemoryRecordStoreTest extends RecordStoreContract {
    @Override
    RecordStore open(Validator validator, StoreLimits limits) {
        return new MemoryRecordStore(validator, limits);
    }
}
