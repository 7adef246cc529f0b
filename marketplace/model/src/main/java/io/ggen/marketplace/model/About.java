package io.ggen.marketplace.model;

import org.jspecify.annotations.Nullable;

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

    // A record's own ways are made at run time and cost each process some 10 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof About it
                && title.equals(it.title)
                && description.equals(it.description)
                && license.equals(it.license)
                && authors.equals(it.authors)
                && categories.equals(it.categories)
                && tags.equals(it.tags)
                && keywords.equals(it.keywords)
                && repository.equals(it.repository)
                && homepage.equals(it.homepage);
    }

    @Override
    public int hashCode() {
        return title.hashCode() * 31 + description.hashCode();
    }
}
