package io.ggen.marketplace.core.install;

import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.util.List;

/**
 * What a verification found.
 *
 * @param packages sorted by id
 */
public record VerifyOutcome(List<Verified> packages) {
    /** Copies the list. */
    public VerifyOutcome {
        packages = List.copyOf(packages);
    }

    /** How a package stands. */
    public enum State {
        /** Its files are those of its release, whose signature holds. */
        OK(0),
        /** Its files were wrong and were put in place anew. */
        HEALED(0),
        /** Its files are not those that are locked. */
        CORRUPT(8),
        /** Its record does not hold, or another key owns its name. */
        UNTRUSTED(16),
        /** Its files are as locked, but no signed record of it can be had. */
        UNVERIFIABLE(32);

        private final int weight;

        State(int weight) {
            this.weight = weight;
        }
    }

    /**
     * One package.
     *
     * @param detail what is wrong; empty where nothing is
     */
    public record Verified(PackageId id, Version version, State state, String detail) {}

    /** Returns the process exit status: the sum of the states that occur, 0 where all is well. */
    public int exitStatus() {
        int status = 0;
        for (Verified one : packages) {
            status |= one.state().weight;
        }
        return status;
    }
}
