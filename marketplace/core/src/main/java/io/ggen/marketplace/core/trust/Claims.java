package io.ggen.marketplace.core.trust;

import io.ggen.marketplace.model.Did;

import java.util.Optional;

/**
 * Whom the user and the project name as the publisher of one id.
 *
 * @param flag the command line's {@code --publisher}
 * @param lockfile the lockfile's entry
 * @param manifest the project manifest's entry, or the signed record of the package that depends on
 *     it
 */
public record Claims(Optional<Did> flag, Optional<Did> lockfile, Optional<Did> manifest) {
    /** Returns the claims of somebody who names nobody. */
    public static Claims none() {
        return new Claims(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
