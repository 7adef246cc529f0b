package io.ggen.marketplace.p2p.node;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.p2p.catalogue.Policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sees within seconds that trust.toml or deny.toml was changed, and forgets once an hour what is
 * out of date about peers. Ends with {@link #close}.
 */
final class Housekeeping implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration PRUNING = Duration.ofHours(1);

    private final Parts parts;
    private final Home home;
    private final CountDownLatch closed = new CountDownLatch(1);
    private List<Stamp> stamps;
    private Instant pruned = Instant.MIN;

    Housekeeping(Parts parts) {
        this.parts = parts;
        this.home = parts.context().home();
        this.stamps = stamps();
    }

    /** By what a change of a file is told; a missing file has a stamp too. */
    private record Stamp(long size, FileTime modified) {
        static Stamp of(Path file) {
            try {
                return new Stamp(Files.size(file), Files.getLastModifiedTime(file));
            } catch (IOException e) {
                return new Stamp(-1, FileTime.fromMillis(0));
            }
        }
    }

    /** Begins. */
    void start() {
        Thread.ofVirtual().name("housekeeping").start(this::keep);
    }

    private void keep() {
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
                prune();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Stamp> stamps() {
        return List.of(Stamp.of(home.trust()), Stamp.of(home.deny()));
    }

    private void look() {
        List<Stamp> now = stamps();
        if (now.equals(stamps)) {
            return;
        }
        stamps = now;
        try {
            parts.catalogue().apply(Policy.read(home));
        } catch (MarketplaceException | UncheckedIOException e) {
            parts.context()
                    .progress()
                    .say("what was trusted and denied before goes on to count: " + e.getMessage());
        }
    }

    private void prune() {
        Instant now = parts.context().clock().instant();
        if (pruned.plus(PRUNING).isBefore(now)) {
            pruned = now;
            parts.reputations().prune();
            parts.knownProviders().prune();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
