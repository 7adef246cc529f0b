package io.ggen.cli;

import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.util.Optional;

/**
 * A package as a word of the command line names it: {@code ID} or {@code ID@VERSION}.
 *
 * @param version what stands behind the {@code @}
 */
record Names(PackageId id, Optional<Version> version) {
    /** Reads a word; USAGE says what is wrong with it. */
    static Names of(String word) {
        int at = word.indexOf('@', 1);
        String id = at < 0 ? word : word.substring(0, at);
        try {
            return new Names(
                    new PackageId(id),
                    at < 0 ? Optional.empty() : Optional.of(Version.parse(word.substring(at + 1))));
        } catch (IllegalArgumentException e) {
            throw Arguments.usage(
                    "`" + Escape.oneLine(word, 80) + "` names no package: " + e.getMessage(),
                    "write ID or ID@VERSION, such as acme/ui@1.2.0");
        }
    }

    /** Reads {@code ID@VERSION}. */
    static Names exact(String word) {
        Names name = of(word);
        if (name.version().isEmpty()) {
            throw Arguments.usage(
                    "`" + word + "` names no version", "write " + name.id() + "@VERSION");
        }
        return name;
    }

    /** Returns the version, which {@link #exact} made sure of. */
    Version exactVersion() {
        return version.orElseThrow();
    }
}
