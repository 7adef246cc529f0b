package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.VersionRange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Facts and sets of versions in words. */
final class Wording {
    private static final int LISTED = 3;

    private final Set<Node> ambiguous = new HashSet<>();

    /** Makes the wording for facts that are told together: names are as long as they must be. */
    Wording(List<Incompatibility> facts) {
        Map<String, Node> byId = new HashMap<>();
        for (Incompatibility fact : facts) {
            for (Node node : fact.nodes) {
                Node other = byId.putIfAbsent(node.toString(), node);
                if (other != null && !other.equals(node)) {
                    ambiguous.add(node);
                    ambiguous.add(other);
                }
            }
        }
    }

    /** Versions of a package in words. */
    record Phrase(String text, boolean plural) {
        String verb(String singular, String otherwise) {
            return text + " " + (plural ? otherwise : singular);
        }
    }

    String name(Node node) {
        String publisher = node.ref.publisher().map(Did::abbreviated).orElse("nobody");
        return ambiguous.contains(node) ? node + " (of " + publisher + ")" : node.toString();
    }

    /** Describes a set without "absent", by a range that was written where one fits. */
    Phrase versions(Node node, long[] set) {
        List<Integer> values = ascending(node);
        List<Integer> chosen = values.stream().filter(value -> Bits.contains(set, value)).toList();
        if (chosen.size() == values.size() && values.size() > 1) {
            return new Phrase("every version of " + name(node), false);
        }
        if (chosen.size() == 1) {
            return new Phrase(name(node) + " " + node.version(chosen.getFirst()), false);
        }
        for (VersionRange range : node.asked()) {
            if (Arrays.equals(node.within(range), set)) {
                return new Phrase(name(node) + " " + range, false);
            }
        }
        return new Phrase(name(node) + " " + listed(node, values, chosen), true);
    }

    /** Describes a set by its versions, whatever ranges were written. */
    private Phrase singly(Node node, long[] set) {
        List<Integer> values = ascending(node);
        List<Integer> chosen = values.stream().filter(value -> Bits.contains(set, value)).toList();
        return new Phrase(name(node) + " " + texts(node, chosen), chosen.size() > 1);
    }

    private static String texts(Node node, List<Integer> chosen) {
        List<String> texts = new ArrayList<>();
        chosen.forEach(value -> texts.add(node.version(value).toString()));
        return texts.size() <= LISTED
                ? joined(texts)
                : String.join(", ", texts.subList(0, LISTED - 1))
                        + " … "
                        + texts.getLast()
                        + " ("
                        + texts.size()
                        + " versions)";
    }

    private static String listed(Node node, List<Integer> values, List<Integer> chosen) {
        if (chosen.isEmpty()) {
            return "in no version";
        }
        String first = node.version(chosen.getFirst()).toString();
        String last = node.version(chosen.getLast()).toString();
        int from = values.indexOf(chosen.getFirst());
        if (values.indexOf(chosen.getLast()) - from + 1 == chosen.size()) {
            boolean toTheEnd = from + chosen.size() == values.size();
            return toTheEnd ? first + " and later" : first + " to " + last;
        }
        return texts(node, chosen);
    }

    /** Returns the candidates by version, the oldest first. */
    static List<Integer> ascending(Node node) {
        List<Integer> values = new ArrayList<>();
        for (int value = 1; value < node.values; value++) {
            values.add(value);
        }
        values.sort(Comparator.comparing(node::version));
        return values;
    }

    /** Joins with commas and a last "and". */
    static String joined(List<String> texts) {
        return texts.size() < 2
                ? String.join("", texts)
                : String.join(", ", texts.subList(0, texts.size() - 1)) + " and " + texts.getLast();
    }

    /** Returns a given fact as a clause of a sentence. */
    String fact(Incompatibility fact) {
        return switch (fact.cause) {
            case Cause.Required(Dependency dependency, Node on) -> required(dependency, on);
            case Cause.Depends depends -> depends(fact) + object(fact);
            case Cause.DependsSomehow depends -> depends(fact) + object(fact);
            case Cause.DependsThrough depends -> depends(fact) + object(fact);
            case Cause.Refused(Node node, String why, boolean yanked) ->
                    refused(singly(node, fact.set(0)), why);
            case Cause.OnePublisher(Node one, Node other) ->
                    name(one) + " and " + name(other) + " are different packages of one name";
            case Cause.Circle circle -> circle(circle);
            case Cause.Chosen(Node node, int value) ->
                    name(node) + " " + node.version(value) + " is chosen";
            case Cause.Derived derived -> conclusion(fact);
        };
    }

    private static String refused(Phrase phrase, String why) {
        return phrase.plural() && why.startsWith("is ")
                ? phrase.text() + " are " + why.substring(3)
                : phrase.text() + " " + why;
    }

    static boolean isDependency(Incompatibility fact) {
        return fact.cause instanceof Cause.Depends
                || fact.cause instanceof Cause.DependsSomehow
                || fact.cause instanceof Cause.DependsThrough;
    }

    private String depends(Incompatibility fact) {
        return versions(fact.nodes[0], fact.set(0)).verb("depends on ", "depend on ");
    }

    /** Returns what a dependency is on, as written, and whether it can be had at all. */
    String object(Incompatibility fact) {
        return switch (fact.cause) {
            case Cause.Depends(Node from, Dependency dependency, Node on) ->
                    object(List.of(dependency), on, "");
            case Cause.DependsSomehow(Node from, List<Dependency> dependencies, Node on) ->
                    object(dependencies, on, "");
            case Cause.DependsThrough(List<Node> path, List<Dependency> dependencies, Node on) ->
                    object(dependencies, on, through(path.subList(1, path.size())));
            default -> "";
        };
    }

    private String object(List<Dependency> dependencies, Node on, String through) {
        String wanted = name(on) + " " + ranges(dependencies) + through;
        if (on.candidates.isEmpty()) {
            return wanted + ", which nobody publishes";
        }
        for (Dependency dependency : dependencies) {
            if (!Bits.isEmpty(on.within(dependency.range()))) {
                return wanted;
            }
        }
        return wanted + ", which no version matches";
    }

    private String through(List<Node> path) {
        return " (by way of " + String.join(", ", path.stream().map(this::name).toList()) + ")";
    }

    private String required(Dependency dependency, Node on) {
        String wanted = name(on) + " " + dependency.range();
        if (on.candidates.isEmpty()) {
            return "no package " + name(on) + " is known";
        }
        return Bits.isEmpty(on.within(dependency.range()))
                ? "no version of " + name(on) + " matches " + dependency.range()
                : wanted + (dependency.optional() ? " is wanted" : " is required");
    }

    private static String ranges(List<Dependency> dependencies) {
        Set<String> texts = new LinkedHashSet<>();
        dependencies.forEach(dependency -> texts.add(dependency.range().toString()));
        List<String> list = List.copyOf(texts);
        return list.size() <= LISTED
                ? String.join(" or ", list)
                : list.getFirst() + " or one of " + (list.size() - 1) + " other ranges";
    }

    private String circle(Cause.Circle circle) {
        List<String> steps = new ArrayList<>();
        List<Node> path = circle.path();
        for (int i = 0; i < path.size(); i++) {
            Node next = path.get((i + 1) % path.size());
            steps.add(
                    name(path.get(i))
                            + " depends on "
                            + (path.size() == 1 ? "itself" : name(next)));
        }
        return joined(steps);
    }

    /** Returns a derived fact as a clause: who needs what, or what cannot be had together. */
    String conclusion(Incompatibility fact) {
        List<Phrase> taken = new ArrayList<>();
        List<String> needed = new ArrayList<>();
        for (int i = 0; i < fact.nodes.length; i++) {
            Node node = fact.nodes[i];
            long[] set = fact.set(i);
            if (Bits.contains(set, Node.ABSENT)) {
                needed.add(versions(node, Bits.minus(node.all(), set)).text());
            } else {
                taken.add(versions(node, set));
            }
        }
        return conclusion(taken, String.join(" or ", needed));
    }

    private static String conclusion(List<Phrase> taken, String needed) {
        List<String> texts = taken.stream().map(Phrase::text).toList();
        if (taken.isEmpty()) {
            return needed.isEmpty() ? "no versions fit together" : needed + " is needed";
        }
        if (!needed.isEmpty()) {
            return taken.size() == 1
                    ? taken.getFirst().verb("needs", "need") + " " + needed
                    : joined(texts) + " together need " + needed;
        }
        return taken.size() == 1
                ? texts.getFirst() + " cannot be used"
                : joined(texts) + " cannot be used together";
    }
}
