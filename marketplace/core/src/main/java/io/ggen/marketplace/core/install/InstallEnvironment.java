package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.store.BlockStore;
import io.ggen.marketplace.model.Did;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What installing stands on.
 *
 * @param registry gives the registry when it is first needed
 * @param store of the home; opened when first needed
 * @param ownKey whose key {@code "self"} means
 */
public record InstallEnvironment(
        Home home,
        Supplier<Registry> registry,
        BlockStore store,
        Progress progress,
        InstantSource clock,
        Supplier<Optional<Did>> ownKey,
        InstallSettings settings) {}
