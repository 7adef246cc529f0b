package io.ggen.interop;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Results by table, row and column, as they come. Confined to the test thread. */
final class Matrix {
    private final Map<String, Map<String, Map<String, Boolean>>> results = new LinkedHashMap<>();
    private final Map<String, String> remarks = new LinkedHashMap<>();

    /** Has {@code remark} stand beside the title of a table. */
    void remark(String table, String remark) {
        remarks.put(table, " (" + remark + ")");
    }

    /** Returns a test of {@code body} whose result is kept. */
    DynamicTest test(String table, String row, String column, Executable body) {
        return DynamicTest.dynamicTest(
                table + ": " + row + ", " + column,
                () -> {
                    boolean good = false;
                    try {
                        body.execute();
                        good = true;
                    } finally {
                        add(table, row, column, good);
                    }
                });
    }

    private void add(String table, String row, String column, boolean good) {
        results.computeIfAbsent(table, t -> new LinkedHashMap<>())
                .computeIfAbsent(row, r -> new LinkedHashMap<>())
                .put(column, good);
    }

    /** Writes the tables to a file of that name, of which {@code matrix} makes a page. */
    void write(String name) throws IOException {
        var text = new StringBuilder();
        results.forEach((title, rows) -> table(text, title, rows));
        Path file = Path.of("target/interop", name + ".md");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    private void table(StringBuilder text, String title, Map<String, Map<String, Boolean>> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.values().forEach(row -> columns.addAll(row.keySet()));
        text.append("## ").append(title).append(remarks.getOrDefault(title, ""));
        text.append("\n\n| |");
        columns.forEach(column -> text.append(' ').append(column).append(" |"));
        text.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
        rows.forEach((name, row) -> {
            text.append("| ").append(name).append(" |");
            columns.forEach(column -> text.append(' ').append(cell(row, column)).append(" |"));
            text.append('\n');
        });
        text.append('\n');
    }

    private static String cell(Map<String, Boolean> row, String column) {
        Boolean good = row.get(column);
        return good == null ? "–" : good ? "yes" : "**no**";
    }
}
