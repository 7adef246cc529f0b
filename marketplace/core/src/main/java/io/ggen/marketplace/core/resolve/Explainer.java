package io.ggen.marketplace.core.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells a proof in sentences: what follows from what, and numbers where a line is used later. */
final class Explainer {
    /** Longer proofs are told as the list of their facts. */
    private static final int LINES = 8;

    private static final int FACTS_LISTED = 10;
    private static final int FACTS_A_SENTENCE = 3;

    private final Wording wording;
    private final List<Line> lines = new ArrayList<>();
    private final Map<Incompatibility, Line> told = new HashMap<>();

    private Explainer(Wording wording) {
        this.wording = wording;
    }

    /** A sentence, and its number once something refers to it. */
    private static final class Line {
        final List<Object> parts = new ArrayList<>();
        boolean used;
        int number;
    }

    /** What a line said, and which line. */
    private record Reference(String text, Line line) {
        @Override
        public String toString() {
            return text + " (" + line.number + ")";
        }
    }

    /** Explains why {@code core} excludes a solution. */
    static String explain(List<Node> nodes, List<Incompatibility> core) {
        Explainer explainer = new Explainer(new Wording(core));
        if (core.size() == 1) {
            return capitalised(explainer.wording.fact(core.getFirst())) + ".";
        }
        if (core.size() > 4 * LINES) {
            return explainer.listed(core);
        }
        List<Incompatibility> copies = core.stream().map(Incompatibility::copy).toList();
        Solver solver = new Solver(nodes, copies, true);
        solver.limit(LINES);
        if (solver.solve()) {
            return explainer.listed(core);
        }
        explainer.tell(solver.refutation());
        return explainer.lines.size() > LINES ? explainer.listed(core) : explainer.text();
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int used = 0;
        for (Line line : lines) {
            line.number = line.used ? ++used : 0;
        }
        for (Line line : lines) {
            for (Object part : line.parts) {
                text.append(part);
            }
            text.append(line.used ? ". (" + line.number + ")\n" : ".\n");
        }
        return text.toString().strip();
    }

    /** Names every package and some of the facts. */
    private String listed(List<Incompatibility> core) {
        Set<String> names = new LinkedHashSet<>();
        for (Incompatibility fact : core) {
            for (Node node : fact.nodes) {
                names.add(wording.name(node));
            }
        }
        StringBuilder text = new StringBuilder("No versions of these packages fit together: ");
        text.append(Wording.joined(List.copyOf(new TreeSet<>(names)))).append(".\n");
        List<String> facts = core.stream().map(wording::fact).sorted().toList();
        for (String fact : facts.subList(0, Math.min(core.size(), FACTS_LISTED))) {
            text.append("- ").append(fact).append('\n');
        }
        if (core.size() > FACTS_LISTED) {
            text.append("- and ").append(core.size() - FACTS_LISTED).append(" facts more\n");
        }
        return text.toString().strip();
    }

    private void tell(Incompatibility derived) {
        if (told.containsKey(derived) || !(derived.cause instanceof Cause.Derived cause)) {
            return;
        }
        cause.from().forEach(this::tell);
        Proof proof = Proof.of(derived, cause);
        List<Incompatibility> facts = proof.facts();
        int from = 0;
        while (from < facts.size() && lines.size() <= LINES) {
            int to = end(facts, from);
            Incompatibility result = to < facts.size() ? proof.results().get(to - 2) : derived;
            sentence(facts.subList(from, to), from > 0, result);
            from = to;
        }
        told.put(derived, lines.getLast());
    }

    /** Returns where the sentence that begins with fact {@code from} ends. */
    private static int end(List<Incompatibility> facts, int from) {
        int left = facts.size() - from;
        if (left <= FACTS_A_SENTENCE + (from == 0 ? 0 : 1)) {
            return facts.size();
        }
        int to = from + (from == 0 ? FACTS_A_SENTENCE : FACTS_A_SENTENCE - 1);
        while (to > from + 2 && facts.get(to - 1).cause instanceof Cause.Required) {
            to--;
        }
        return to;
    }

    private void sentence(List<Incompatibility> facts, boolean continued, Incompatibility result) {
        Line previous = lines.isEmpty() ? null : lines.getLast();
        List<Incompatibility> rest = new ArrayList<>(facts);
        boolean joins =
                continued || previous != null && rest.removeIf(f -> told.get(f) == previous);
        Line line = new Line();
        boolean last = result.nodes.length == 0;
        line.parts.add(joins ? (last ? "So, because " : "And because ") : "Because ");
        List<Object> clauses = clauses(rest);
        boolean commas = clauses.stream().anyMatch(c -> c.toString().contains(","));
        for (int i = 0; i < clauses.size(); i++) {
            boolean ends = i + 1 == clauses.size();
            line.parts.add(i == 0 ? "" : !ends ? ", " : commas ? ", and " : " and ");
            line.parts.add(clauses.get(i));
        }
        line.parts.add(", " + wording.conclusion(result));
        lines.add(line);
    }

    /** Returns texts and, for what was derived before, texts that end in the line's number. */
    private List<Object> clauses(List<Incompatibility> facts) {
        List<Object> clauses = new ArrayList<>();
        List<Incompatibility> given = new ArrayList<>();
        for (Incompatibility fact : facts) {
            Line line = told.get(fact);
            if (line == null) {
                given.add(fact);
            } else {
                line.used = true;
                clauses.add(new Reference(wording.fact(fact), line));
            }
        }
        clauses.addAll(Clauses.of(wording, given));
        return clauses;
    }
}
