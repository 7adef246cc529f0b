package io.ggen.bench;

import io.ggen.marketplace.core.search.SearchChanges;
import io.ggen.marketplace.core.search.SearchDocument;
import io.ggen.marketplace.core.search.SearchSource;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Real package names and summaries as documents; names that break our grammar are left out. */
record SearchCorpus(List<SearchDocument> rows) implements SearchSource {
    /** Reads {@code search-corpus/npm.tsv.gz} below {@code data}. */
    static SearchCorpus read(Path data) throws IOException {
        Path file = data.resolve("search-corpus/npm.tsv.gz");
        List<SearchDocument> documents = new ArrayList<>();
        Set<PackageId> seen = new HashSet<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file), 1 << 16),
                                StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                document(line.split("\t", -1))
                        .filter(document -> seen.add(document.id()))
                        .ifPresent(documents::add);
            }
        }
        return new SearchCorpus(List.copyOf(documents));
    }

    /** Returns the first {@code count} documents alone. */
    SearchCorpus first(int count) {
        return new SearchCorpus(rows.subList(0, Math.min(count, rows.size())));
    }

    /** Returns all documents {@code times} times, the names of each further copy suffixed. */
    SearchCorpus times(int times) {
        List<SearchDocument> all = new ArrayList<>(rows);
        for (int copy = 2; copy <= times; copy++) {
            for (SearchDocument document : rows) {
                id(document.id().text() + "-" + copy)
                        .ifPresent(id -> all.add(document(id, document)));
            }
        }
        return new SearchCorpus(all);
    }

    private static Optional<SearchDocument> document(String[] cells) {
        return id(cells[0]).map(id -> document(id, cells[3], Long.parseLong(cells[2])));
    }

    private static Optional<PackageId> id(String name) {
        String plain = name.startsWith("@") ? name.substring(1) : name;
        try {
            return Optional.of(new PackageId(plain.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SearchDocument document(PackageId id, SearchDocument like) {
        return document(id, like.description(), like.popularity());
    }

    private static SearchDocument document(PackageId id, String summary, long popularity) {
        return new SearchDocument(
                id,
                Version.of(1, 0, 0),
                Optional.empty(),
                summary,
                "",
                List.of(),
                List.of(),
                List.of(),
                popularity,
                Instant.EPOCH,
                "file");
    }

    @Override
    public String stamp() {
        return Integer.toString(rows.size());
    }

    @Override
    public Optional<SearchChanges> changesSince(String stamp) {
        return Optional.empty();
    }

    @Override
    public Iterator<SearchDocument> documents() {
        return rows.iterator();
    }
}
