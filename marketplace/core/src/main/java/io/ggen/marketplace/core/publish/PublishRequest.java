package io.ggen.marketplace.core.publish;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be published.
 *
 * @param directories folders of packages, in any order
 * @param key name of the key to sign with
 * @param dryRun whether to stop before anything is signed, written or sent
 * @param listener hears what each package is before it is signed
 */
public record PublishRequest(
        List<Path> directories,
        String key,
        Planner.Options options,
        boolean dryRun,
        Listener listener) {
    /** Copies the list. */
    public PublishRequest {
        directories = List.copyOf(directories);
    }

    /** Hears of sound packages. */
    public interface Listener {
        /** The package is sound, its dependencies are known, and nothing of it is signed yet. */
        void planned(PublishPlan plan);
    }
}
