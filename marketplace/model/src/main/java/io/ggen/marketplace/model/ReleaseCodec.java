package io.ggen.marketplace.model;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A {@link Release} as the JSON that gets signed, {@value Envelope#RELEASE}. Stateless.
 *
 * <p>Members stand in one order, absent and empty ones are left out. Reading ignores unknown
 * members and refuses duplicate ones, null, other types, and every value outside of its grammar.
 */
public final class ReleaseCodec {
    private ReleaseCodec() {}

    /**
     * Writes the payload.
     *
     * @throws IllegalArgumentException where the release is not fit to be signed: no origin, a
     *     dependency without publisher, a category or tag outside of its grammar, a description
     *     over 4 KiB
     * @throws MarketplaceException VALIDATION where the payload would be over 8 KiB
     */
    public static Bytes encode(Release release) {
        check(release);
        Origin origin =
                release.origin()
                        .orElseThrow(() -> new IllegalArgumentException("nobody signs this"));
        JsonWriter json =
                RecordFields.begin(origin, release.id(), release.version(), release.publishedAt());
        write(json, release.about());
        writeDependencies(json, release.dependencies());
        write(json, release.content());
        return RecordFields.finish(json, release.id(), release.version());
    }

    private static void write(JsonWriter json, About about) {
        json.putUnlessEmpty("title", about.title())
                .putUnlessEmpty("description", about.description())
                .putUnlessEmpty("license", about.license())
                .putUnlessEmpty("authors", about.authors())
                .putUnlessEmpty("categories", about.categories())
                .putUnlessEmpty("tags", about.tags())
                .putUnlessEmpty("keywords", about.keywords())
                .putUnlessEmpty("repository", about.repository())
                .putUnlessEmpty("homepage", about.homepage());
    }

    private static void writeDependencies(JsonWriter json, List<Dependency> dependencies) {
        if (dependencies.isEmpty()) {
            return;
        }
        json.name("dependencies").beginList();
        for (Dependency dependency : dependencies) {
            json.element()
                    .begin()
                    .put("id", dependency.id().text())
                    .put("range", dependency.range().toString())
                    .put("publisher", publisher(dependency).text())
                    .put("optional", dependency.optional())
                    .end();
        }
        json.endList();
    }

    private static Did publisher(Dependency dependency) {
        return dependency
                .publisher()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "a signed dependency names its publisher, "
                                        + dependency.id()
                                        + " has none"));
    }

    private static void write(JsonWriter json, Content content) {
        json.name("content")
                .begin()
                .put("cid", content.cid().toString())
                .put("sha256", content.sha256().hex())
                .put("sizeBytes", content.sizeBytes())
                .put("files", content.files())
                .putUnlessEmpty("executables", content.executables())
                .end();
    }

    /** Reads a payload; throws IllegalArgumentException that names what is wrong. */
    public static Release decode(Bytes payload) {
        JsonObject json = RecordFields.read(payload);
        var release =
                new Release(
                        Optional.of(RecordFields.origin(json)),
                        RecordFields.id(json),
                        RecordFields.version(json),
                        RecordFields.publishedAt(json),
                        about(json),
                        dependencies(json),
                        json.object("content")
                                .map(ReleaseCodec::content)
                                .orElseThrow(
                                        () -> new IllegalArgumentException("content is missing")));
        check(release);
        return release;
    }

    private static About about(JsonObject json) {
        return new About(
                json.optionalText("title").orElse(""),
                json.optionalText("description").orElse(""),
                json.optionalText("license").orElse(""),
                json.texts("authors"),
                json.texts("categories"),
                json.texts("tags"),
                json.texts("keywords"),
                json.optionalText("repository").orElse(""),
                json.optionalText("homepage").orElse(""));
    }

    private static List<Dependency> dependencies(JsonObject json) {
        List<Dependency> dependencies = new ArrayList<>();
        for (JsonObject one : json.objects("dependencies")) {
            dependencies.add(
                    new Dependency(
                            new PackageId(one.text("id")),
                            VersionRange.parse(one.text("range")),
                            Optional.of(new Did(one.text("publisher"))),
                            one.flag("optional", false)));
        }
        return dependencies;
    }

    private static Content content(JsonObject json) {
        long files = json.integer("files");
        if (files < 0 || files > Integer.MAX_VALUE || json.integer("sizeBytes") < 0) {
            throw new IllegalArgumentException("content has an impossible size");
        }
        return new Content(
                cid(json.text("cid")),
                Sha256.fromHex(json.text("sha256")),
                json.integer("sizeBytes"),
                (int) files,
                json.texts("executables"));
    }

    private static Cid cid(String text) {
        Cid cid = Cid.parse(text);
        if (!cid.toString().equals(text)) {
            throw new IllegalArgumentException("the CID is not in its canonical form");
        }
        return cid;
    }

    private static void check(Release release) {
        About about = release.about();
        if (Utf8.length(about.description()) > About.MAX_DESCRIPTION) {
            throw new IllegalArgumentException(
                    "the description has over " + About.MAX_DESCRIPTION + " bytes");
        }
        labels("category", about.categories());
        labels("tag", about.tags());
        Set<PackageId> ids = new HashSet<>();
        for (Dependency dependency : release.dependencies()) {
            if (!ids.add(dependency.id())) {
                throw new IllegalArgumentException(dependency.id() + " is a dependency twice");
            }
        }
        sorted(release.content().executables());
    }

    private static void labels(String what, List<String> labels) {
        for (String label : labels) {
            if (!Label.isValid(label)) {
                throw new IllegalArgumentException(
                        "a " + what + " has lower-case letters, digits and hyphens, at most 40");
            }
        }
    }

    private static void sorted(List<String> executables) {
        for (int i = 1; i < executables.size(); i++) {
            Bytes before = Bytes.utf8(executables.get(i - 1));
            if (before.compareTo(Bytes.utf8(executables.get(i))) >= 0) {
                throw new IllegalArgumentException("executables are sorted and named once");
            }
        }
    }
}
