package io.ggen.marketplace.core.network;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.ReleaseCodec;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.YankCodec;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a registry answers, as {@link Fields} and back. */
public final class RegistryFields {
    private RegistryFields() {}

    /** Returns the fields of what a search found, without the query. */
    public static Fields of(SearchResults results) {
        return new Fields()
                .put("total", results.total())
                .put("incomplete", results.incomplete())
                .list("results", results.hits(), RegistryFields::hit)
                .put(
                        "facets",
                        new Fields()
                                .put("category", counts(results.categories()))
                                .put("tag", counts(results.tags())));
    }

    private static Fields hit(SearchHit hit) {
        return new Fields()
                .put("id", hit.id().text())
                .put("version", hit.version().toString())
                .put("description", hit.description())
                .texts("categories", hit.categories())
                .texts("tags", hit.tags())
                .put("publisher", hit.publisher())
                .put("source", hit.source())
                .put("score", hit.score())
                .put("reputation", hit.reputation())
                .put("providers", hit.providers());
    }

    private static Fields counts(Map<String, Integer> counts) {
        Fields fields = new Fields();
        counts.forEach(fields::put);
        return fields;
    }

    /** Reads what a search found. */
    public static SearchResults results(Fields fields) {
        Fields facets = fields.object("facets");
        return new SearchResults(
                fields.list("results", RegistryFields::hit),
                fields.whole("total"),
                fields.flag("incomplete"),
                counts(facets.object("category")),
                counts(facets.object("tag")));
    }

    private static SearchHit hit(Fields fields) {
        return new SearchHit(
                new PackageId(fields.text("id")),
                Version.parse(fields.text("version")),
                fields.optionalText("publisher").map(Did::new),
                fields.text("description"),
                fields.texts("categories"),
                fields.texts("tags"),
                fields.text("source"),
                fields.number("score"),
                fields.optionalNumber("reputation"),
                fields.count("providers"));
    }

    private static Map<String, Integer> counts(Fields fields) {
        Map<String, Integer> counts = new TreeMap<>();
        fields.values().keySet().forEach(name -> counts.put(name, fields.count(name)));
        return counts;
    }

    /** Returns the fields of a version. */
    public static Fields of(VersionListing version) {
        return new Fields()
                .put("version", version.version().toString())
                .put("publisher", version.publisher())
                .put("yanked", version.yanked());
    }

    /** Reads a version. */
    public static VersionListing version(Fields fields) {
        return new VersionListing(
                Version.parse(fields.text("version")),
                fields.optionalText("publisher").map(Did::new),
                fields.flag("yanked"));
    }

    /**
     * Returns the fields of a signed release: its envelope is the truth, the rest is for people.
     */
    public static Fields of(Listing listing) {
        return new Fields()
                .put("id", listing.release().id().text())
                .put("version", listing.release().version().toString())
                .put("publisher", listing.release().publisher())
                .put("cid", listing.release().content().cid().toString())
                .put("sha256", listing.release().content().sha256().hex())
                .put("sizeBytes", listing.release().content().sizeBytes())
                .put("recordId", listing.envelope().map(it -> it.recordId().hex()))
                .put("source", listing.source())
                .put("envelope", listing.envelope().map(it -> EnvelopeCodec.encode(it).utf8()))
                .put("yank", listing.yank().map(it -> YankCodec.encode(it).utf8()));
    }

    /**
     * Reads a signed release; its signature is not verified here.
     *
     * @throws IllegalArgumentException for what is no listing of a signed release
     */
    public static Listing listing(Fields fields) {
        Envelope envelope = EnvelopeCodec.decode(Bytes.utf8(fields.text("envelope")));
        return new Listing(
                ReleaseCodec.decode(envelope.payload()),
                Optional.of(envelope),
                fields.optionalText("yank").map(text -> YankCodec.decode(Bytes.utf8(text))),
                fields.text("source"));
    }
}
