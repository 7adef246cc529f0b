package io.ggen.marketplace.core;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a registry gets from the program that opens it.
 *
 * @param home the ggen home
 * @param location the registry's own directory, or the home's registry
 * @param cacheCapacity how many packages it may keep in memory
 * @param clock tells the time
 */
public record RegistryContext(Home home, Path location, int cacheCapacity, InstantSource clock) {}
