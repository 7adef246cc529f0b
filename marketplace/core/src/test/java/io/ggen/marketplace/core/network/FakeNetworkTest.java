package io.ggen.marketplace.core.network;

import java.time.Instant;

class FakeNetworkTest extends NetworkContract {
    @Override
    protected Network open() {
        return new FakeNetwork(() -> Instant.parse("2026-01-02T03:04:05Z"));
    }
}
