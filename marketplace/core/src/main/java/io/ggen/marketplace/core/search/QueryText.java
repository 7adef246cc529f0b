package io.ggen.marketplace.core.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The text of a query, read: never fails, whatever the text. Of a longer text the first {@link
 * #MAX_LENGTH} characters count, and the first {@link #MAX_WORDS} different words.
 *
 * <p>{@code name:}, {@code tag:} and {@code publisher:} take the characters up to the next space,
 * or a quoted text; any other colon and all other signs only separate words.
 *
 * @param id the whole text as an id would be written
 */
record QueryText(
        String id,
        List<String> words,
        List<String> names,
        List<String> tags,
        List<String> publishers) {
    static final int MAX_LENGTH = 1_000;
    static final int MAX_WORDS = 16;

    private static final List<String> FIELDS = List.of("name:", "tag:", "publisher:");

    /** Reads {@code text}. */
    static QueryText parse(String text) {
        String bounded = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        String id = bounded.strip().toLowerCase(Locale.ROOT);
        QueryText query =
                new QueryText(
                        id.startsWith("@") ? id.substring(1) : id,
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        query.read(bounded);
        return query;
    }

    boolean isEmpty() {
        return words.isEmpty() && names.isEmpty() && tags.isEmpty() && publishers.isEmpty();
    }

    private void read(String text) {
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                at = field(text, at);
            }
        }
    }

    private int field(String text, int at) {
        for (String field : FIELDS) {
            if (text.regionMatches(true, at, field, 0, field.length())) {
                int start = at + field.length();
                int end = end(text, start);
                put(field, unquoted(text.substring(start, end)));
                return end;
            }
        }
        int end = end(text, at);
        addWords(text.substring(at, end), words);
        return end;
    }

    private static int end(String text, int start) {
        int quote =
                start < text.length() && text.charAt(start) == '"'
                        ? text.indexOf('"', start + 1)
                        : -1;
        int end = quote >= 0 ? quote + 1 : start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static String unquoted(String value) {
        return value.replace('"', ' ').strip();
    }

    private void put(String field, String value) {
        switch (field) {
            case "name:" -> addWords(value, names);
            case "tag:" -> add(tags, value);
            default -> add(publishers, value);
        }
    }

    private static void add(List<String> values, String value) {
        if (!value.isEmpty() && values.size() < MAX_WORDS) {
            values.add(value);
        }
    }

    private static void addWords(String text, List<String> into) {
        new Words()
                .split(
                        text,
                        (buffer, start, end, part) -> {
                            String word = new String(Arrays.copyOfRange(buffer, start, end));
                            if (!part && into.size() < MAX_WORDS && !into.contains(word)) {
                                into.add(word);
                            }
                        });
    }
}
