package io.ggen.marketplace.core.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Changes single values of a TOML text and leaves everything else as its author wrote it: comments,
 * order, blank lines. Knows tables, plain and quoted keys, and values over several lines; the text
 * must be valid TOML.
 */
public final class TomlEdit {
    private TomlEdit() {}

    /**
     * Sets {@code key} in the table {@code table} to {@code value}, which is a TOML value. The key
     * keeps its place where it is there; else it is added at the table's end; else the table is.
     *
     * @param table such as {@code marketplace.p2p}; empty for the top of the file
     */
    public static String set(String text, String table, String key, String value) {
        List<String> lines = lines(text);
        TomlLines found = TomlLines.of(lines, table, key);
        if (found.hasKey()) {
            String first = lines.get(found.from());
            String comment = found.to() == found.from() + 1 ? TomlLines.comment(first) : "";
            String before = first.substring(0, TomlLines.equalsSign(first) + 1);
            replace(lines, found, before + " " + value + comment);
        } else if (found.hasTable()) {
            lines.add(found.end(), key + " = " + value);
        } else {
            if (!lines.isEmpty() && !lines.getLast().isBlank()) {
                lines.add("");
            }
            lines.add("[" + table + "]");
            lines.add(key + " = " + value);
        }
        return join(lines);
    }

    /** Removes {@code key} from {@code table}; other text stays. Returns the same where absent. */
    public static String remove(String text, String table, String key) {
        List<String> lines = lines(text);
        TomlLines found = TomlLines.of(lines, table, key);
        if (!found.hasKey()) {
            return text;
        }
        lines.subList(found.from(), found.to()).clear();
        return join(lines);
    }

    /** Returns {@code text} as a TOML basic string. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                out.append("\\u").append("%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private static void replace(List<String> lines, TomlLines found, String line) {
        lines.subList(found.from() + 1, found.to()).clear();
        lines.set(found.from(), line);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    private static String join(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
