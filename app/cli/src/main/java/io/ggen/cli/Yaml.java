package io.ggen.cli;

import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.Fields.Nothing;

import java.util.List;
import java.util.Map;

/** Writes an answer as YAML 1.2 in block style; every text is in double quotes. */
final class Yaml {
    private final StringBuilder out = new StringBuilder();

    private Yaml() {}

    static String of(Fields fields) {
        Yaml yaml = new Yaml();
        yaml.object(fields, 0, false);
        return yaml.out.toString();
    }

    private void object(Fields fields, int depth, boolean inLine) {
        boolean first = inLine;
        for (Map.Entry<String, Object> entry : fields.values().entrySet()) {
            out.append(first ? "" : "  ".repeat(depth)).append(entry.getKey()).append(':');
            value(entry.getValue(), depth + 1);
            first = false;
        }
    }

    private void value(Object value, int depth) {
        switch (value) {
            case Fields fields when !fields.values().isEmpty() -> {
                out.append('\n');
                object(fields, depth, false);
            }
            case List<?> items when !items.isEmpty() -> {
                out.append('\n');
                items.forEach(item -> item(item, depth));
            }
            case Fields _ -> out.append(" {}\n");
            case List<?> _ -> out.append(" []\n");
            default -> out.append(' ').append(plain(value)).append('\n');
        }
    }

    private void item(Object item, int depth) {
        out.append("  ".repeat(depth)).append("- ");
        if (item instanceof Fields fields && !fields.values().isEmpty()) {
            object(fields, depth + 1, true);
        } else {
            out.append(plain(item)).append('\n');
        }
    }

    private static String plain(Object value) {
        return switch (value) {
            case Nothing _ -> "null";
            case String text -> quoted(text);
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f && c <= 0x9f || c == 0x2028 || c == 0x2029) {
                quoted.append("\\u").append("%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
