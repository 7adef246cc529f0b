package io.ggen.marketplace.core.publish;

import io.ggen.content.CanonicalTar;
import io.ggen.marketplace.core.Publication;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.keys.Chain;
import io.ggen.marketplace.core.keys.SigningKey;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Origin;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseCodec;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Signs packages and sends them. What was signed once is not signed again: neither a release that
 * the registry has nor one that waits in the chain.
 */
final class Sending {
    private final Registry registry;
    private final Chain chain;
    private final InstantSource clock;

    Sending(Registry registry, Chain chain, InstantSource clock) {
        this.registry = registry;
        this.chain = chain;
        this.clock = clock;
    }

    PublishOutcome.Published send(
            PublishPlan plan, Optional<Did> publisher, List<Dependency> dependencies) {
        Sent sent = sendOnce(plan, dependencies);
        return new PublishOutcome.Published(
                plan,
                publisher,
                sent.publication().listing().envelope().or(() -> Optional.of(sent.envelope())),
                sent.publication().created());
    }

    /** A record and what the registry made of it. */
    record Sent(Envelope envelope, Publication publication) {}

    Sent sendOnce(PublishPlan plan, List<Dependency> dependencies) {
        Envelope envelope =
                new KnownReleases(registry)
                        .same(chain.key().did(), plan, dependencies)
                        .or(() -> waiting(plan, dependencies))
                        .orElseGet(() -> sign(plan, dependencies));
        Publication publication = send(plan, envelope);
        chain.acknowledge(envelope.recordId());
        return new Sent(envelope, publication);
    }

    private Publication send(PublishPlan plan, Envelope envelope) {
        try {
            return registry.publish(envelope, out -> CanonicalTar.write(plan.tree(), out));
        } catch (MarketplaceException e) {
            if (isFinal(e.code())) {
                chain.acknowledge(envelope.recordId());
            }
            throw e;
        }
    }

    /** Returns whether sending the same record again could never succeed. */
    private static boolean isFinal(ErrorCode code) {
        return switch (code) {
            case ALREADY_EXISTS, SECURITY, VALIDATION -> true;
            default -> false;
        };
    }

    private Optional<Envelope> waiting(PublishPlan plan, List<Dependency> dependencies) {
        Manifest manifest = plan.manifest();
        Optional<Envelope> waiting = chain.pending(manifest.id(), manifest.version());
        if (waiting.isEmpty()
                || KnownReleases.isSame(
                        ReleaseCodec.decode(waiting.get().payload()), plan, dependencies)) {
            return waiting;
        }
        if (registry.metadata().isLocal()) {
            chain.acknowledge(waiting.get().recordId());
            return Optional.empty();
        }
        throw new MarketplaceException(
                ErrorCode.ALREADY_EXISTS,
                plan
                        + " was signed before with other content or another manifest, and that"
                        + " record may have reached somebody",
                "publish it under a new version, or as it was then");
    }

    private Envelope sign(PublishPlan plan, List<Dependency> dependencies) {
        chain.observe(registry.lastSequence(chain.key().did(), chain.id()));
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        SigningKey key = chain.key();
        return chain.append(origin -> Envelope.seal(release(plan, origin, now, dependencies), key));
    }

    private static Release release(
            PublishPlan plan, Origin origin, Instant now, List<Dependency> dependencies) {
        Manifest manifest = plan.manifest();
        return new Release(
                Optional.of(origin),
                manifest.id(),
                manifest.version(),
                now,
                manifest.about(),
                dependencies,
                plan.content());
    }
}
