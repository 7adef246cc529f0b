package io.ggen.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Results by peer, scenario and way, as they come. Confined to the test thread. */
final class Matrix {
    private final Map<String, Map<String, Map<String, Boolean>>> results = new LinkedHashMap<>();
    private final Map<String, String> agents = new LinkedHashMap<>();

    void agent(String peer, String agent) {
        agents.put(peer, agent);
    }

    void add(String peer, String scenario, String way, boolean good) {
        results.computeIfAbsent(peer, p -> new LinkedHashMap<>())
                .computeIfAbsent(scenario, s -> new LinkedHashMap<>())
                .put(way, good);
    }

    /** Writes one table for each peer. */
    void write(Path file) throws IOException {
        var text = new StringBuilder();
        results.forEach((peer, rows) -> table(text, peer, rows));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    private void table(
            StringBuilder text, String peer, Map<String, Map<String, Boolean>> scenarios) {
        Set<String> ways = new LinkedHashSet<>();
        scenarios.values().forEach(row -> ways.addAll(row.keySet()));
        text.append("## ").append(peer);
        text.append(" (").append(agents.getOrDefault(peer, "")).append(")\n\n| |");
        ways.forEach(way -> text.append(' ').append(way).append(" |"));
        text.append("\n|---|").append("---|".repeat(ways.size())).append('\n');
        scenarios.forEach((scenario, row) -> {
            text.append("| ").append(scenario).append(" |");
            ways.forEach(way -> text.append(' ').append(cell(row, way)).append(" |"));
            text.append('\n');
        });
        text.append('\n');
    }

    private static String cell(Map<String, Boolean> row, String way) {
        Boolean good = row.get(way);
        return good == null ? "–" : good ? "yes" : "**no**";
    }
}
