package io.ggen.marketplace.core.publish;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.keys.Chain;
import io.ggen.marketplace.core.keys.KeyInfo;
import io.ggen.marketplace.core.keys.KeyStore;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.MarketplaceException;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Publishes folders: examines all of them, signs and sends those that are sound, dependencies
 * first. Blocks on I/O; for one thread.
 *
 * <p>A version that is there with the same content and manifest is no error and keeps its record. A
 * record that a registry did not take stays in the key's chain and is sent again the next time.
 */
public final class Publisher {
    private final KeyStore keys;
    private final Registry registry;
    private final Services services;

    /**
     * What publishing asks of others.
     *
     * @param lookup whose a dependency is
     */
    public record Services(PublisherLookup lookup, InstantSource clock) {}

    /** Makes a publisher into {@code registry}; touches no disk. */
    public Publisher(KeyStore keys, Registry registry, Services services) {
        this.keys = keys;
        this.registry = registry;
        this.services = services;
    }

    /** Publishes what is asked for; what keeps one package back does not keep the others. */
    public PublishOutcome publish(PublishRequest request) {
        if (!request.dryRun()) {
            warmUp();
        }
        List<PublishPlan> plans = new ArrayList<>();
        List<PublishOutcome.Failed> failed = new ArrayList<>();
        for (Path directory : request.directories()) {
            try {
                plans.add(plan(directory, request.options()));
            } catch (MarketplaceException e) {
                failed.add(new PublishOutcome.Failed(directory, e));
            }
        }
        List<PublishPlan> ordered = PublishOrder.of(plans);
        if (ordered.isEmpty()) {
            return new PublishOutcome(List.of(), failed, Optional.empty());
        }
        return request.dryRun()
                ? rehearse(ordered, failed, request)
                : perform(ordered, failed, request);
    }

    private static PublishPlan plan(Path directory, Planner.Options options) {
        Planning planning = Planner.plan(directory, options);
        if (planning instanceof Planning.Faulty faulty) {
            throw Fault.asError(
                    "the package in " + directory + " cannot be published:", faulty.faults());
        }
        return ((Planning.Sound) planning).plan();
    }

    private PublishOutcome rehearse(
            List<PublishPlan> plans, List<PublishOutcome.Failed> failed, PublishRequest request) {
        Optional<Did> self = Optional.empty();
        for (KeyInfo key : keys.list()) {
            self = key.name().equals(request.key()) ? key.did() : self;
        }
        var batch = new Batch(registry, services, request, self, failed);
        var known = new KnownReleases(registry);
        for (PublishPlan plan : plans) {
            batch.attempt(plan, known::rehearse);
        }
        return batch.outcome(Optional.empty());
    }

    private PublishOutcome perform(
            List<PublishPlan> plans, List<PublishOutcome.Failed> failed, PublishRequest request) {
        KeyStore.Opened opened = keys.openOrCreate(request.key());
        Did self = opened.key().did();
        var batch = new Batch(registry, services, request, Optional.of(self), failed);
        try (Chain chain = keys.chain(opened.key())) {
            var sending = new Sending(registry, chain, services.clock());
            for (PublishPlan plan : plans) {
                batch.attempt(plan, sending::send);
            }
        }
        return batch.outcome(opened.created() ? Optional.of(self) : Optional.empty());
    }

    /** Loads what signing needs while this thread reads and hashes: half of a cold start's time. */
    private static void warmUp() {
        Thread thread =
                new Thread(
                        () -> Ed25519.sign(Bytes.wrap(new byte[Ed25519.KEY_LENGTH]), Bytes.empty()),
                        "signing-warm-up");
        thread.setDaemon(true);
        thread.start();
    }
}
