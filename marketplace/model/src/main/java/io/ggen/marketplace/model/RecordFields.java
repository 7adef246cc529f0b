package io.ggen.marketplace.model;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import java.time.Instant;

/** The fields that a release and a yank have in common, written and read. */
final class RecordFields {
    private static final int SCHEMA = 1;

    private RecordFields() {}

    static JsonWriter begin(Origin origin, PackageId id, Version version, Instant publishedAt) {
        if (!publishedAt.equals(Instant.ofEpochSecond(publishedAt.getEpochSecond()))) {
            throw new IllegalArgumentException("a record's time is in whole seconds");
        }
        return new JsonWriter()
                .begin()
                .put("schema", SCHEMA)
                .put("id", id.text())
                .put("version", version.toString())
                .put("publisher", origin.publisher().text())
                .put("chain", origin.chain())
                .put("sequence", origin.sequence())
                .putUnlessEmpty("previous", origin.previous().map(Sha256::hex).orElse(""))
                .put("publishedAt", UtcTime.format(publishedAt));
    }

    static Bytes finish(JsonWriter json, PackageId id, Version version) {
        Bytes payload = Bytes.utf8(json.end().toString());
        if (payload.length() > Envelope.MAX_PAYLOAD) {
            throw new MarketplaceException(
                    ErrorCode.VALIDATION,
                    "the record of "
                            + id
                            + "@"
                            + version
                            + " would have "
                            + payload.length()
                            + " bytes, and "
                            + Envelope.MAX_PAYLOAD
                            + " are the most",
                    "shorten the description and the lists of keywords, tags and authors in the"
                            + " manifest, or depend on fewer packages; each executable file counts"
                            + " with its path, too");
        }
        return payload;
    }

    static JsonObject read(Bytes payload) {
        if (payload.length() > Envelope.MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "a record has at most " + Envelope.MAX_PAYLOAD + " bytes");
        }
        JsonObject json = JsonObject.parse(Utf8.decode(payload));
        if (json.integer("schema") != SCHEMA) {
            throw new IllegalArgumentException(
                    "schema " + json.integer("schema") + " is not known here");
        }
        return json;
    }

    static Origin origin(JsonObject json) {
        return new Origin(
                new Did(json.text("publisher")),
                json.text("chain"),
                json.integer("sequence"),
                json.optionalText("previous").map(Sha256::fromHex));
    }

    static PackageId id(JsonObject json) {
        return new PackageId(json.text("id"));
    }

    static Version version(JsonObject json) {
        return Version.parse(json.text("version"));
    }

    static Instant publishedAt(JsonObject json) {
        return UtcTime.parse(json.text("publishedAt"));
    }
}
