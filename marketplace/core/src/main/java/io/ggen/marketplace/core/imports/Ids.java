package io.ggen.marketplace.core.imports;

import io.ggen.marketplace.model.PackageId;

import java.util.Optional;

/** Reads names that may be none. */
final class Ids {
    private Ids() {}

    static Optional<PackageId> parse(String text) {
        try {
            return Optional.of(new PackageId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns why something was refused. */
    static String reason(IllegalArgumentException e) {
        String message = e.getMessage();
        return message == null ? "malformed" : message;
    }
}
