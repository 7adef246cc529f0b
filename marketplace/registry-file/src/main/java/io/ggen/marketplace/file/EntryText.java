package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.marketplace.model.About;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.JsonFault;
import io.ggen.marketplace.model.JsonScanner;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.UtcTime;
import io.ggen.marketplace.model.Version;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A package's entry of index.json, taken apart only as far as versions can be put in and taken out:
 * fields that we do not know stay as they are written. Not thread-safe.
 */
final class EntryText {
    private static final String VERSIONS = "versions";

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();

    /** Makes an entry that says nothing yet. */
    static EntryText blank() {
        return new EntryText();
    }

    /** Makes the entry of one version alone: the text of its {@code package.json}. */
    static EntryText of(Release release, String checksum, long sizeBytes) {
        EntryText entry = new EntryText();
        About about = release.about();
        entry.fields.put("name", JsonText.quote(release.id().text()));
        entry.fields.put(VERSIONS, "");
        entry.fields.put("description", JsonText.quote(about.description()));
        entry.fields.put("author", JsonText.quoteOrNull(String.join(", ", about.authors())));
        entry.fields.put(
                "category",
                about.categories().isEmpty()
                        ? "null"
                        : JsonText.quote(about.categories().getFirst()));
        entry.fields.put("tags", JsonText.quote(about.tags()));
        entry.fields.put("repository", JsonText.quoteOrNull(about.repository()));
        entry.fields.put("license", JsonText.quoteOrNull(about.license()));
        entry.fields.put("homepage", JsonText.quoteOrNull(about.homepage()));
        entry.versions.put(release.version().toString(), version(release, checksum, sizeBytes));
        return entry;
    }

    private static String version(Release release, String checksum, long sizeBytes) {
        StringBuilder text = new StringBuilder(512);
        text.append("{\"version\":").append(JsonText.quote(release.version().toString()));
        text.append(",\"download_url\":")
                .append(JsonText.quote(Layout.downloadUrl(release.id(), release.version())));
        text.append(",\"checksum\":").append(JsonText.quote(checksum));
        text.append(",\"dependencies\":[");
        String separator = "";
        for (Dependency dependency : release.dependencies()) {
            text.append(separator)
                    .append("{\"name\":")
                    .append(JsonText.quote(dependency.id().text()))
                    .append(",\"version_req\":")
                    .append(JsonText.quote(dependency.range().toString()))
                    .append(",\"optional\":")
                    .append(dependency.optional())
                    .append('}');
            separator = ",";
        }
        text.append("],\"published_at\":")
                .append(JsonText.quote(UtcTime.format(release.publishedAt())));
        return text.append(",\"size_bytes\":").append(sizeBytes).append('}').toString();
    }

    /** Reads an entry; empty when it has another shape than the old program's. */
    static Optional<EntryText> parse(Bytes value) {
        String text = value.utf8();
        EntryText entry = new EntryText();
        try {
            var scanner = new JsonScanner(text);
            scanner.begin('{');
            while (scanner.next('}')) {
                String name = scanner.name();
                if (name.equals(VERSIONS) && scanner.peek() == '[') {
                    entry.fields.put(VERSIONS, "");
                    entry.readVersions(scanner);
                } else {
                    entry.fields.put(name, scanner.raw());
                }
            }
            return Optional.of(entry);
        } catch (JsonFault e) {
            return Optional.empty();
        }
    }

    private void readVersions(JsonScanner scanner) {
        int unnamed = 0;
        scanner.begin('[');
        while (scanner.next(']')) {
            String raw = scanner.raw();
            versions.putIfAbsent(versionOf(raw).orElse("?" + unnamed++), raw);
        }
    }

    private static Optional<String> versionOf(String raw) {
        var scanner = new JsonScanner(raw);
        if (scanner.peek() != '{') {
            return Optional.empty();
        }
        scanner.begin('{');
        while (scanner.next('}')) {
            boolean found = scanner.name().equals("version");
            if (found && scanner.peek() == '"') {
                return Optional.of(scanner.string());
            }
            scanner.raw();
        }
        return Optional.empty();
    }

    /**
     * Puts in the versions of {@code other}, and takes over what it says of the package where it
     * has the highest version.
     */
    void merge(EntryText other) {
        Optional<Version> mine = highest();
        Optional<Version> theirs = other.highest();
        if (mine.isEmpty() || theirs.isPresent() && theirs.get().compareTo(mine.get()) >= 0) {
            fields.putAll(other.fields);
        }
        versions.putAll(other.versions);
    }

    void drop(Version version) {
        versions.remove(version.toString());
    }

    /** Returns whether this is the entry of that version of that package alone. */
    boolean isOf(PackageId id, Version version) {
        return JsonText.quote(id.text()).equals(fields.get("name"))
                && versions.keySet().equals(Set.of(version.toString()));
    }

    boolean isEmpty() {
        return versions.isEmpty();
    }

    Set<String> versions() {
        return versions.keySet();
    }

    private Optional<Version> highest() {
        Optional<Version> highest = Optional.empty();
        for (String text : versions.keySet()) {
            Optional<Version> version = Names.version(text);
            if (version.isPresent()
                    && (highest.isEmpty() || version.get().compareTo(highest.get()) > 0)) {
                highest = version;
            }
        }
        return highest;
    }

    /** Returns the entry as JSON on one line. */
    Bytes json() {
        StringBuilder text = new StringBuilder(1024).append('{');
        for (Map.Entry<String, String> field : fields.entrySet()) {
            text.append(text.length() == 1 ? "" : ",")
                    .append(JsonText.quote(field.getKey()))
                    .append(':');
            if (field.getKey().equals(VERSIONS)) {
                text.append('[').append(String.join(",", versions.values())).append(']');
            } else {
                text.append(field.getValue());
            }
        }
        return Bytes.utf8(text.append('}').toString());
    }
}
