package io.ggen.marketplace.core.hybrid;

import io.ggen.marketplace.core.FakeRegistry;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryContract;

final class HybridRegistryContractTest extends RegistryContract {
    @Override
    protected Registry open() {
        return new HybridRegistry(
                new FakeRegistry("file"), new FakeRegistry("p2p"), Progress.silent());
    }
}
