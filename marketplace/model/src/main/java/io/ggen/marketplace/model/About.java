package io.ggen.marketplace.model;

import java.util.List;

/**
 * What a package says of itself: texts may be empty, lists too; nothing here is trusted or acted
 * upon.
 */
public record About(
        String title,
        String description,
        String license,
        List<String> authors,
        List<String> categories,
        List<String> tags,
        List<String> keywords,
        String repository,
        String homepage) {
    /** The longest description in bytes of UTF-8. */
    public static final int MAX_DESCRIPTION = 4096;

    /** Copies the lists. */
    public About {
        authors = List.copyOf(authors);
        categories = List.copyOf(categories);
        tags = List.copyOf(tags);
        keywords = List.copyOf(keywords);
    }
}
