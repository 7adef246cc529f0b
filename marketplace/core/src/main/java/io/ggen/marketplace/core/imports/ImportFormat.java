package io.ggen.marketplace.core.imports;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.util.Arrays;
import java.util.Locale;

/** What is imported. */
public enum ImportFormat {
    /** Whatever the path turns out to be. */
    AUTO,
    /** A package's directory, or one that holds such directories. */
    DIRECTORY,
    /** {@code registry-index.json}: a list of packages with paths. */
    REGISTRY_INDEX,
    /** {@code packages.toml}: {@code [[package]]} tables with paths. */
    PACKAGES_TOML,
    /** {@code packs-index.json}: packs in repositories elsewhere. */
    PACKS_INDEX,
    /** {@code index.json} of schema 1.0.0: versions with archives. */
    INDEX_JSON;

    /** Reads {@code registry-index} and the like; throws USAGE on anything else. */
    public static ImportFormat parse(String text) {
        for (ImportFormat format : values()) {
            if (format.toString().equals(text)) {
                return format;
            }
        }
        throw new MarketplaceException(
                ErrorCode.USAGE,
                "there is no import format of that name",
                "choose one of "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(ImportFormat::toString).toList()));
    }

    /** Returns the name as it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
