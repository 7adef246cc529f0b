package io.ggen.marketplace.core.publish;

import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.PublisherRef;
import io.ggen.marketplace.model.Requirement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Packages on their way, one after the other: what the later ones may count on. */
final class Batch {
    private static final int MOST_SIMILAR = 5;

    private final Registry registry;
    private final Publisher.Services services;
    private final PublishRequest request;
    private final Optional<Did> self;
    private final List<PublishOutcome.Published> published = new ArrayList<>();
    private final List<PublishOutcome.Failed> failed;
    private final Set<PackageId> sound = new HashSet<>();
    private final Set<PackageId> broken = new HashSet<>();

    Batch(
            Registry registry,
            Publisher.Services services,
            PublishRequest request,
            Optional<Did> self,
            List<PublishOutcome.Failed> failed) {
        this.registry = registry;
        this.request = request;
        this.services = services;
        this.self = self;
        this.failed = new ArrayList<>(failed);
    }

    /** What is done with one package once its dependencies have publishers. */
    interface Step {
        PublishOutcome.Published perform(
                PublishPlan plan, Optional<Did> publisher, List<Dependency> dependencies);
    }

    void attempt(PublishPlan plan, Step step) {
        try {
            List<Dependency> dependencies = dependencies(plan);
            PublishPlan warned = plan.warning(similarNames(plan));
            request.listener().planned(warned);
            published.add(step.perform(warned, self, dependencies));
            sound.add(plan.manifest().id());
        } catch (MarketplaceException e) {
            failed.add(new PublishOutcome.Failed(plan.directory(), e));
            broken.add(plan.manifest().id());
        }
    }

    PublishOutcome outcome(Optional<Did> newKey) {
        return new PublishOutcome(published, failed, newKey);
    }

    private List<Dependency> dependencies(PublishPlan plan) {
        List<Dependency> dependencies = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        var wrong = new DependencyFaults(registry, plan);
        for (Requirement requirement : plan.manifest().dependencies()) {
            PackageId id = requirement.id();
            if (broken.contains(id)) {
                throw new MarketplaceException(
                        ErrorCode.DEPENDENCY,
                        plan + " depends on " + id + ", which could not be published",
                        "mend " + id + " first, then publish both again");
            }
            Optional<Did> publisher = publisherOf(requirement);
            boolean own =
                    sound.contains(id) || requirement.publisher() instanceof PublisherRef.Self;
            if (publisher.isEmpty() && !own) {
                faults.add(wrong.nobody(requirement));
            } else if (!sound.contains(id)) {
                wrong.noVersion(requirement, publisher).ifPresent(faults::add);
            }
            dependencies.add(
                    new Dependency(id, requirement.range(), publisher, requirement.optional()));
        }
        if (!faults.isEmpty()) {
            throw Fault.asError(plan + " cannot be published:", faults);
        }
        return dependencies;
    }

    private Optional<Did> publisherOf(Requirement requirement) {
        if (requirement.publisher() instanceof PublisherRef.Self) {
            return self;
        }
        return services.lookup()
                .publisherOf(requirement)
                .or(() -> sound.contains(requirement.id()) ? self : Optional.empty());
    }

    private List<Fault> similarNames(PublishPlan plan) {
        PackageId id = plan.manifest().id();
        List<Fault> warnings = new ArrayList<>();
        if (!isKnown(id)) {
            for (PackageId similar : registry.similar(id, MOST_SIMILAR)) {
                warnings.add(
                        new Fault(
                                plan.manifestFile(),
                                0,
                                0,
                                id + " is easily taken for " + similar + ", which is there already",
                                "choose a name that nobody confuses with it, unless that one is"
                                        + " yours too"));
            }
        }
        return warnings;
    }

    private boolean isKnown(PackageId id) {
        try {
            return registry.exists(PackageRef.of(id));
        } catch (MarketplaceException e) {
            if (e.code() == ErrorCode.AMBIGUOUS_NAME) {
                return true;
            }
            throw e;
        }
    }
}
