package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.model.About;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.JsonObject;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A package's entry of index.json, read for the versions that no signed record vouches for. Every
 * value is taken with suspicion: the old program wrote it, or anybody.
 */
final class UnsignedEntry {
    private static final Bytes EMPTY = Bytes.utf8("{}");

    private final PackageId id;
    private final JsonObject json;
    private final Map<Version, JsonObject> versions = new TreeMap<>();

    private UnsignedEntry(PackageId id, JsonObject json) {
        this.id = id;
        this.json = json;
    }

    /** What an old version says of its archive. */
    record Archive(Sha256 checksum, long sizeBytes, String downloadUrl) {}

    /** Reads an entry; one that cannot be read has no versions. */
    static UnsignedEntry read(PackageId id, Bytes value) {
        try {
            UnsignedEntry entry = new UnsignedEntry(id, JsonObject.parse(value.utf8()));
            for (JsonObject version : entry.json.objects("versions")) {
                version.optionalText("version")
                        .flatMap(Names::version)
                        .ifPresent(it -> entry.versions.putIfAbsent(it, version));
            }
            return entry;
        } catch (IllegalArgumentException e) {
            return new UnsignedEntry(id, JsonObject.parse(EMPTY.utf8()));
        }
    }

    Iterable<Version> versions() {
        return versions.keySet();
    }

    boolean has(Version version) {
        return versions.containsKey(version);
    }

    /** Returns what the package says of itself. */
    About about() {
        return new About(
                "",
                text(json, "description"),
                text(json, "license"),
                list(text(json, "author")),
                list(text(json, "category").toLowerCase(Locale.ROOT)),
                tags(),
                List.of(),
                text(json, "repository"),
                text(json, "homepage"));
    }

    private List<String> tags() {
        try {
            return json.texts("tags");
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private static String text(JsonObject object, String name) {
        try {
            return object.optionalText(name).orElse("");
        } catch (IllegalArgumentException e) {
            return ""; // null, as the old program writes what it does not know
        }
    }

    /** Returns when {@code version} was published; 1970 when that cannot be read. */
    Instant publishedAt(Version version) {
        try {
            return Instant.ofEpochSecond(
                    OffsetDateTime.parse(text(object(version), "published_at")).toEpochSecond());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /** Returns what {@code version} depends on. */
    List<Dependency> dependencies(Version version) {
        List<Dependency> dependencies = new ArrayList<>();
        try {
            for (JsonObject one : object(version).objects("dependencies")) {
                dependencies.add(
                        new Dependency(
                                new PackageId(one.text("name")),
                                VersionRange.parse(one.text("version_req")),
                                Optional.empty(),
                                one.flag("optional", false)));
            }
            return dependencies;
        } catch (IllegalArgumentException e) {
            throw refused(version, "has a dependency that cannot be read: " + e.getMessage());
        }
    }

    /** Returns what the entry says of the archive of {@code version}. */
    Archive archive(Version version) {
        JsonObject object = object(version);
        try {
            String checksum = object.text("checksum");
            String digits =
                    checksum.startsWith("sha256:") || checksum.startsWith("sha256-")
                            ? checksum.substring(7)
                            : checksum;
            return new Archive(
                    Sha256.fromHex(digits.toLowerCase(Locale.ROOT)),
                    object.integer("size_bytes"),
                    text(object, "download_url"));
        } catch (IllegalArgumentException e) {
            throw refused(version, "has no usable checksum or size: " + e.getMessage());
        }
    }

    private JsonObject object(Version version) {
        JsonObject object = versions.get(version);
        if (object == null) {
            throw new IllegalArgumentException("no version " + version);
        }
        return object;
    }

    private MarketplaceException refused(Version version, String what) {
        return new MarketplaceException(
                ErrorCode.SECURITY,
                id + "@" + version + " in index.json " + what,
                "import the package anew from its folder: ggen marketplace import PATH");
    }
}
