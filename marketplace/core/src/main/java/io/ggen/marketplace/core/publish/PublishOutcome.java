package io.ggen.marketplace.core.publish;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.MarketplaceException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What came of publishing, dependencies first.
 *
 * @param published what the registry holds now; in a dry run, what it would
 * @param failed what it does not hold, and why
 * @param newKey whose key was made for this: its holder should export it
 */
public record PublishOutcome(List<Published> published, List<Failed> failed, Optional<Did> newKey) {
    /** Copies the lists. */
    public PublishOutcome {
        published = List.copyOf(published);
        failed = List.copyOf(failed);
    }

    /**
     * One package that is there.
     *
     * @param publisher whose it is; absent in a dry run without a key
     * @param envelope the signed record; absent in a dry run
     * @param created whether it is new there
     */
    public record Published(
            PublishPlan plan,
            Optional<Did> publisher,
            Optional<Envelope> envelope,
            boolean created) {}

    /** One package that is not. */
    public record Failed(Path directory, MarketplaceException error) {}

    /** Throws the error of the only package that was to be published; else changes nothing. */
    public PublishOutcome orThrow() {
        if (published.isEmpty() && failed.size() == 1) {
            throw failed.getFirst().error();
        }
        return this;
    }
}
