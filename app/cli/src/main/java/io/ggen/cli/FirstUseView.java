package io.ggen.cli;

import io.ggen.marketplace.core.install.ChangeOutcome;
import io.ggen.marketplace.core.install.ChangeOutcome.FirstUse;
import io.ggen.marketplace.core.install.ChangeOutcome.Knowledge;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows whose keys a change pins, in full, who else claims the names, and how fresh that knowledge
 * is. It is said once, at the first use.
 */
final class FirstUseView {
    private static final int MOST_NAMES = 3;

    private final Console console;

    FirstUseView(Console console) {
        this.console = console;
    }

    /** Writes one first use. */
    static void json(Json out, FirstUse one) {
        out.field("id", one.id().text())
                .field("publisher", one.publisher().text())
                .field("pinnedIn", one.pinnedIn().toString())
                .texts("otherClaimants", texts(one.otherClaimants()))
                .texts("similar", texts(one.similar()));
    }

    /** Writes where the knowledge of first uses comes from. */
    static void json(Json out, Knowledge knowledge) {
        out.object(
                "knowledge",
                it ->
                        it.field("scheme", knowledge.scheme())
                                .field("location", knowledge.location())
                                .field("asOf", knowledge.asOf()));
    }

    private static List<String> texts(List<?> values) {
        List<String> texts = new ArrayList<>(values.size());
        values.forEach(value -> texts.add(value.toString()));
        return texts;
    }

    void show(ChangeOutcome outcome) {
        if (outcome.firstUses().isEmpty()) {
            return;
        }
        Map<String, List<FirstUse>> pins = new LinkedHashMap<>();
        for (FirstUse one : outcome.firstUses()) {
            pins.computeIfAbsent(
                            one.publisher() + " in " + one.pinnedIn(), key -> new ArrayList<>())
                    .add(one);
        }
        pins.forEach(
                (pin, uses) -> console.note("first use of " + names(uses) + ": pinned to " + pin));
        outcome.firstUses().forEach(this::doubts);
        outcome.knowledge().ifPresent(it -> console.note(freshness(it)));
    }

    private static String names(List<FirstUse> uses) {
        List<String> names = new ArrayList<>();
        for (FirstUse one : uses.subList(0, Math.min(uses.size(), MOST_NAMES))) {
            names.add(one.id().text());
        }
        int more = uses.size() - names.size();
        return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
    }

    private void doubts(FirstUse one) {
        for (Did other : one.otherClaimants()) {
            console.note("  " + one.id() + " is also claimed by " + other);
        }
        for (PackageId similar : one.similar()) {
            console.warn(
                    one.id()
                            + " is easily taken for "
                            + similar
                            + ", which is somebody else's: `ggen m info "
                            + similar
                            + "` shows it, `ggen m undo` takes this back");
        }
    }

    private static String freshness(Knowledge knowledge) {
        String from = "known from the " + knowledge.scheme() + " registry " + knowledge.location();
        return knowledge.asOf().isPresent()
                ? from + ", last exchanged at " + knowledge.asOf().get()
                : from + ", as it is now";
    }
}
