package io.ggen.marketplace.core.trust;

import java.util.ArrayList;
import java.util.List;

/** Edits the text of trust.toml entry by entry, so that comments and order survive. Pure. */
final class TrustText {
    private TrustText() {}

    /** Returns a line that gives {@code key} a text. */
    static String line(String key, String value) {
        return key + " = \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /**
     * Returns {@code text} with one more {@code [[table]]} of {@code lines}, empty ones left out.
     */
    static String append(String text, String table, String... lines) {
        var result = new StringBuilder(text);
        if (!text.isEmpty()) {
            result.append(text.endsWith("\n") ? "\n" : "\n\n");
        }
        result.append("[[").append(table).append("]]\n");
        for (String line : lines) {
            if (!line.isEmpty()) {
                result.append(line).append('\n');
            }
        }
        return result.toString();
    }

    /** Returns {@code text} without each {@code [[table]]} whose {@code key} is {@code value}. */
    static String remove(String text, String table, String key, String value) {
        var result = new StringBuilder();
        for (List<String> block : blocks(text)) {
            if (!block.getFirst().strip().equals("[[" + table + "]]")
                    || !holds(block, key, value)) {
                block.forEach(line -> result.append(line).append('\n'));
            }
        }
        String rest = result.toString();
        return text.isEmpty() || text.endsWith("\n") ? rest : rest.substring(0, rest.length() - 1);
    }

    private static boolean holds(List<String> block, String key, String value) {
        return block.stream()
                .map(String::strip)
                .anyMatch(line ->
                        line.startsWith(key)
                                && line.substring(key.length())
                                        .strip()
                                        .startsWith(line("", value).strip()));
    }

    /** Splits at table headers; comments directly above a header stay with the block before it. */
    private static List<List<String>> blocks(String text) {
        List<List<String>> blocks = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (blocks.isEmpty() || line.strip().startsWith("[")) {
                blocks.add(new ArrayList<>());
            }
            blocks.getLast().add(line);
        }
        return blocks;
    }
}
