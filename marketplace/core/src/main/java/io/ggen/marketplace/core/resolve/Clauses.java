package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The given facts of a sentence, in an order and in words that read well. */
final class Clauses {
    private final Wording wording;
    private final List<String> texts = new ArrayList<>();
    private final List<String> required = new ArrayList<>();
    private final List<String> wanted = new ArrayList<>();
    private @Nullable Incompatibility previous;
    private boolean closed;

    private Clauses(Wording wording) {
        this.wording = wording;
    }

    /** Returns clauses to be joined by commas and "and"; what is required comes last. */
    static List<String> of(Wording wording, List<Incompatibility> facts) {
        Clauses clauses = new Clauses(wording);
        inOrder(facts).forEach(clauses::add);
        clauses.addAll(clauses.required, "required");
        clauses.addAll(clauses.wanted, "wanted");
        return clauses.texts;
    }

    private void addAll(List<String> names, String what) {
        if (!names.isEmpty()) {
            texts.add(Wording.joined(names) + (names.size() == 1 ? " is " : " are ") + what);
        }
    }

    private void add(Incompatibility fact) {
        if (fact.cause instanceof Cause.Required(Dependency dependency, Node on)
                && !Bits.isEmpty(on.within(dependency.range()))) {
            (dependency.optional() ? wanted : required)
                    .add(wording.name(on) + " " + dependency.range());
            return;
        }
        if (follows(fact)) {
            texts.set(texts.size() - 1, texts.getLast() + ", which depends on " + object(fact));
            closed = true;
        } else if (sharesSubject(fact)) {
            texts.set(texts.size() - 1, texts.getLast() + " and " + object(fact));
        } else {
            texts.add(wording.fact(fact));
            closed = fact.nodes.length < 2;
        }
        previous = fact;
    }

    private String object(Incompatibility fact) {
        return wording.object(fact);
    }

    /** Returns whether {@code fact} goes on where the one before ends. */
    private boolean follows(Incompatibility fact) {
        Incompatibility before = previous;
        return before != null
                && Wording.isDependency(fact)
                && Wording.isDependency(before)
                && before.nodes.length == 2
                && before.nodes[1].equals(fact.nodes[0])
                && Bits.count(Bits.or(fact.set(0), before.set(1))) == fact.nodes[0].values;
    }

    private boolean sharesSubject(Incompatibility fact) {
        Incompatibility before = previous;
        return before != null
                && !closed
                && Wording.isDependency(fact)
                && Wording.isDependency(before)
                && fact.nodes.length == 2
                && before.nodes[0].equals(fact.nodes[0])
                && Arrays.equals(before.set(0), fact.set(0));
    }

    /** Puts what a package depends on behind the package, as far as that goes. */
    private static List<Incompatibility> inOrder(List<Incompatibility> facts) {
        List<Incompatibility> left = new ArrayList<>(facts);
        List<Incompatibility> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            Incompatibility next = next(left, ordered);
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static Incompatibility next(List<Incompatibility> left, List<Incompatibility> done) {
        for (Incompatibility fact : left) {
            if (!done.isEmpty() && leadsTo(done.getLast(), fact)) {
                return fact;
            }
        }
        for (Incompatibility fact : left) {
            if (left.stream().noneMatch(other -> leadsTo(other, fact))) {
                return fact;
            }
        }
        return left.getFirst();
    }

    private static boolean leadsTo(Incompatibility one, Incompatibility other) {
        return one.nodes.length == 2
                && other.nodes.length > 0
                && Wording.isDependency(one)
                && Wording.isDependency(other)
                && one.nodes[1].equals(other.nodes[0]);
    }
}
