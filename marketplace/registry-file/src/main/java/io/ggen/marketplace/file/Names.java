package io.ggen.marketplace.file;

import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.util.Optional;

/** Names that come from a disk and may be anything. */
final class Names {
    private Names() {}

    static Optional<PackageId> id(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new PackageId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<Version> version(String text) {
        try {
            return Optional.of(Version.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
