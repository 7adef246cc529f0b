package io.ggen.marketplace.p2p.node;

import io.ggen.marketplace.core.install.Cleaning;
import io.ggen.marketplace.core.network.Collected;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.core.store.Swept;

import java.io.IOException;

/** Frees what neither a hold nor anything that is installed needs. */
final class Collecting {
    private final NetworkContext context;
    private final Holdings holdings;

    Collecting(NetworkContext context, Holdings holdings) {
        this.context = context;
        this.holdings = holdings;
    }

    Collected run() {
        try {
            var needed = Cleaning.needed(context.home(), holdings.store(), context.progress());
            Swept swept = holdings.store().sweep(needed, context.clock().instant());
            return new Collected(swept.blocks(), swept.freedBytes());
        } catch (IOException e) {
            throw StorageFailure.of("free what is not needed", e);
        }
    }
}
