package io.ggen.marketplace.model;

import io.ggen.base.Bytes;

/** A {@link Yank} as the JSON that gets signed, {@value Envelope#YANK}. Stateless. */
public final class YankCodec {
    private YankCodec() {}

    /** Writes the payload; throws VALIDATION where it would be over 8 KiB. */
    public static Bytes encode(Yank yank) {
        JsonWriter json =
                RecordFields.begin(yank.origin(), yank.id(), yank.version(), yank.publishedAt())
                        .putUnlessEmpty("reason", yank.reason());
        return RecordFields.finish(json, yank.id(), yank.version());
    }

    /** Reads a payload; throws IllegalArgumentException that names what is wrong. */
    public static Yank decode(Bytes payload) {
        JsonObject json = RecordFields.read(payload);
        return new Yank(
                RecordFields.origin(json),
                RecordFields.id(json),
                RecordFields.version(json),
                RecordFields.publishedAt(json),
                json.optionalText("reason").orElse(""));
    }
}
