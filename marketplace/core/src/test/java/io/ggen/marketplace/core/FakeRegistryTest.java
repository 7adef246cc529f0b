package io.ggen.marketplace.core;

final class FakeRegistryTest extends RegistryContract {
    @Override
    protected Registry open() {
        return new FakeRegistry("fake");
    }
}
