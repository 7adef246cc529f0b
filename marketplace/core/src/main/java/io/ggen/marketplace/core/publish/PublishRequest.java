package io.ggen.marketplace.core.publish;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be published.
 *
 * @param directories folders of packages, in any order
 * @param key name of the key to sign with
 * @param dryRun whether to stop before anything is signed, written or sent
 */
public record PublishRequest(
        List<Path> directories, String key, Planner.Options options, boolean dryRun) {
    /** Copies the list. */
    public PublishRequest {
        directories = List.copyOf(directories);
    }
}
