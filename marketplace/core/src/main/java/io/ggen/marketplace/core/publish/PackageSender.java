package io.ggen.marketplace.core.publish;

import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.keys.Chain;
import io.ggen.marketplace.core.keys.KeyStore;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Requirement;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signs packages that were examined already and sends them, one after the other, with one key that
 * also owns all their dependencies. Holds the key's chain until it is closed; for one thread.
 */
public final class PackageSender implements AutoCloseable {
    private final KeyStore.Opened opened;
    private final Chain chain;
    private final Sending sending;

    private PackageSender(KeyStore.Opened opened, Chain chain, Sending sending) {
        this.opened = opened;
        this.chain = chain;
        this.sending = sending;
    }

    /** Opens the key called {@code keyName}, or makes it where it is the default one. */
    public static PackageSender open(
            KeyStore keys, String keyName, Registry registry, InstantSource clock) {
        KeyStore.Opened opened = keys.openOrCreate(keyName);
        Chain chain = keys.chain(opened.key());
        return new PackageSender(opened, chain, new Sending(registry, chain, clock));
    }

    /** Returns whose packages these become. */
    public Did self() {
        return opened.key().did();
    }

    /** Returns whether the key was made just now: its holder should export it. */
    public boolean isNewKey() {
        return opened.created();
    }

    /** Sends one package; throws what {@link Publisher} reports for it. */
    public PublishOutcome.Published send(PublishPlan plan) {
        List<Dependency> dependencies = new ArrayList<>();
        for (Requirement one : plan.manifest().dependencies()) {
            dependencies.add(
                    new Dependency(one.id(), one.range(), Optional.of(self()), one.optional()));
        }
        return sending.send(plan, Optional.of(self()), dependencies);
    }

    @Override
    public void close() {
        chain.close();
    }
}
