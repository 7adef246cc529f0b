package io.ggen.marketplace.core.publish;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Requirement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts packages after those of them that they depend on. Single use. */
final class PublishOrder {
    private final Map<PackageId, PublishPlan> plans = new LinkedHashMap<>();
    private final Set<PackageId> done = new HashSet<>();
    private final Set<PackageId> path = new LinkedHashSet<>();
    private final List<PublishPlan> order = new ArrayList<>();

    private PublishOrder(List<PublishPlan> plans) {
        for (PublishPlan plan : plans) {
            PublishPlan other = this.plans.putIfAbsent(plan.manifest().id(), plan);
            if (other != null) {
                throw new MarketplaceException(
                        ErrorCode.VALIDATION,
                        plan.manifest().id()
                                + " is in two folders: "
                                + other.directory()
                                + " and "
                                + plan.directory(),
                        "publish one of them, or give one another name");
            }
        }
    }

    /** Throws CIRCULAR_DEPENDENCY with the whole cycle, VALIDATION where one id is there twice. */
    static List<PublishPlan> of(List<PublishPlan> plans) {
        var order = new PublishOrder(plans);
        for (PublishPlan plan : plans) {
            order.visit(plan);
        }
        return order.order;
    }

    private void visit(PublishPlan plan) {
        PackageId id = plan.manifest().id();
        if (done.contains(id)) {
            return;
        }
        if (!path.add(id)) {
            throw cycle(id);
        }
        for (Requirement requirement : plan.manifest().dependencies()) {
            PublishPlan dependency = plans.get(requirement.id());
            if (dependency != null) {
                visit(dependency);
            }
        }
        path.remove(id);
        done.add(id);
        order.add(plan);
    }

    private MarketplaceException cycle(PackageId again) {
        List<PackageId> ids = new ArrayList<>(path);
        ids.add(again);
        var text = new StringBuilder();
        for (PackageId id : ids.subList(ids.indexOf(again), ids.size())) {
            text.append(text.isEmpty() ? "" : " → ").append(id);
        }
        return new MarketplaceException(
                ErrorCode.CIRCULAR_DEPENDENCY,
                "the packages depend on each other: " + text,
                "take one of these dependencies out, or join the packages");
    }
}
