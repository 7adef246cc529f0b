package io.ggen.marketplace.core;

import io.ggen.base.ProcessLock;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a registry gets from the program that opens it.
 *
 * @param home the ggen home
 * @param location the registry's own directory, or the home's registry
 * @param cacheCapacity how many packages it may keep in memory
 * @param clock tells the time
 * @param progress hears of fallbacks, repairs and waits
 * @param patience how long to wait for another process that is writing
 */
public record RegistryContext(
        Home home,
        Path location,
        int cacheCapacity,
        InstantSource clock,
        Progress progress,
        ProcessLock.Patience patience) {
    /** Makes a context that tells nobody and waits as long as is usual. */
    public RegistryContext(Home home, Path location, int cacheCapacity, InstantSource clock) {
        this(
                home,
                location,
                cacheCapacity,
                clock,
                Progress.silent(),
                ProcessLock.Patience.standard());
    }
}
