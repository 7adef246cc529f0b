package io.ggen.marketplace.core.trust;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;

import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the TOML of trust.toml and deny.toml: every value checked, errors with file, line and
 * column.
 */
final class TrustFile {
    private final String file;
    private final TomlParseResult toml;

    TrustFile(String file, String text) {
        this.file = file;
        this.toml = Toml.parse(text);
        if (toml.hasErrors()) {
            var first = toml.errors().getFirst();
            throw refused(first.position(), String.valueOf(first.getMessage()));
        }
    }

    Trust trust() {
        return new Trust(
                entries("publisher", this::publisher),
                entries("namespace", this::namespace),
                entries("pin", this::pin));
    }

    List<DenyList.Entry> denials() {
        return entries("deny", this::denial);
    }

    private <T> List<T> entries(String key, Function<TomlTable, T> read) {
        List<T> entries = new ArrayList<>();
        Object value = toml.get(key);
        if (value == null) {
            return entries;
        }
        if (!(value instanceof TomlArray array)
                || !(array.isEmpty() || array.get(0) instanceof TomlTable)) {
            throw refused(toml.inputPositionOf(key), "expected [[" + key + "]] tables");
        }
        for (int i = 0; i < array.size(); i++) {
            TomlTable table = array.getTable(i);
            try {
                entries.add(read.apply(table));
            } catch (IllegalArgumentException e) {
                throw refused(array.inputPositionOf(i), "[[" + key + "]]: " + e.getMessage());
            }
        }
        return entries;
    }

    private TrustedPublisher publisher(TomlTable table) {
        List<String> namespaces = new ArrayList<>();
        TomlArray array = table.getArrayOrEmpty("namespaces");
        for (int i = 0; i < array.size(); i++) {
            namespaces.add(scope(array.getString(i)));
        }
        return new TrustedPublisher(
                new Did(text(table, "did")), optional(table, "petname").orElse(""), namespaces);
    }

    private NamespaceBinding namespace(TomlTable table) {
        return new NamespaceBinding(
                scope(text(table, "scope")),
                optional(table, "publisher").map(Did::new),
                optional(table, "registry"));
    }

    private Pin pin(TomlTable table) {
        return new Pin(
                new PackageId(text(table, "id")),
                new Did(text(table, "publisher")),
                time(table.get("since")));
    }

    private static Instant time(@Nullable Object since) {
        if (since instanceof OffsetDateTime offset) { // no pattern switch, for its start
            return offset.toInstant();
        }
        if (since instanceof String text) {
            return Instant.parse(text);
        }
        throw new IllegalArgumentException("since must be a time like 2026-01-02T03:04:05Z");
    }

    private DenyList.Entry denial(TomlTable table) {
        return new DenyList.Entry(
                optional(table, "id").map(PackageId::new),
                optional(table, "publisher").map(Did::new),
                optional(table, "cid"),
                new Denial(
                        optional(table, "reason").orElse("no reason given"),
                        optional(table, "list").orElse(file)));
    }

    private static String scope(String scope) {
        return new PackageId(scope + "/x").scope().orElseThrow();
    }

    private static String text(TomlTable table, String key) {
        return optional(table, key)
                .orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private static Optional<String> optional(TomlTable table, String key) {
        Object value = table.get(key);
        if (value != null && !(value instanceof String)) {
            throw new IllegalArgumentException(key + " must be a text");
        }
        return Optional.ofNullable((String) value);
    }

    private MarketplaceException refused(@Nullable TomlPosition position, String reason) {
        String at = position == null ? "" : ":" + position.line() + ":" + position.column();
        return new MarketplaceException(
                ErrorCode.VALIDATION,
                "Cannot use " + file + at + ": " + reason,
                "Mend that line, or move the file away.");
    }
}
