package io.ggen.marketplace.core.imports;

import io.ggen.base.Sha256;
import io.ggen.marketplace.model.About;
import io.ggen.marketplace.model.JsonObject;
import io.ggen.marketplace.model.Label;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PublisherRef;
import io.ggen.marketplace.model.Requirement;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One version of an index of schema 1.0.0.
 *
 * @param archive SHA-256 of the {@code .tar.gz}
 * @param sizeBytes of the {@code .tar.gz}, where the index gives it
 */
record SeedVersion(Manifest manifest, Sha256 archive, Optional<Long> sizeBytes) {
    /** Reads it; throws IllegalArgumentException that names what is wrong. */
    static SeedVersion read(JsonObject seedEntry, JsonObject seedVersion) {
        JsonObject entry = seedEntry.withoutNulls();
        JsonObject version = seedVersion.withoutNulls();
        var id = new PackageId(entry.text("name"));
        return new SeedVersion(
                new Manifest(
                        id,
                        Version.parse(version.text("version")),
                        about(entry),
                        requirements(version),
                        List.of(),
                        List.of()),
                checksum(version.text("checksum")),
                version.has("size_bytes")
                        ? Optional.of(version.integer("size_bytes"))
                        : Optional.empty());
    }

    private static About about(JsonObject entry) {
        return new About(
                "",
                Shorten.toBytes(
                        entry.optionalText("description").orElse(""), About.MAX_DESCRIPTION),
                entry.optionalText("license").orElse(""),
                entry.optionalText("author").stream().toList(),
                labels(entry.optionalText("category").stream().toList()),
                labels(entry.texts("tags")),
                List.of(),
                entry.optionalText("repository").orElse(""),
                entry.optionalText("homepage").orElse(""));
    }

    private static List<String> labels(List<String> texts) {
        return texts.stream().map(Label::nearest).filter(l -> !l.isEmpty()).distinct().toList();
    }

    private static List<Requirement> requirements(JsonObject version) {
        List<Requirement> requirements = new ArrayList<>();
        for (JsonObject one : version.objects("dependencies")) {
            requirements.add(
                    new Requirement(
                            new PackageId(one.text("name")),
                            VersionRange.parse(one.text("version_req")),
                            new PublisherRef.Self(),
                            one.flag("optional", false)));
        }
        return requirements;
    }

    private static Sha256 checksum(String text) {
        String hex = text.toLowerCase(Locale.ROOT);
        for (String prefix : List.of("sha256:", "sha256-")) {
            hex = hex.startsWith(prefix) ? hex.substring(prefix.length()) : hex;
        }
        return Sha256.fromHex(hex);
    }
}
