package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.install.lock.Lockfile;

import java.util.List;
import java.util.Optional;

/**
 * Finds out that an install has nothing to do: it compares two texts with the stamp and looks
 * whether the folders are there. It parses, hashes and locks nothing.
 */
final class NoChange {
    private final InstallEnvironment environment;
    private final InstallRequest request;

    NoChange(InstallEnvironment environment, InstallRequest request) {
        this.environment = environment;
        this.request = request;
    }

    /** Returns the outcome of an install that has nothing to do; empty where it may have. */
    Optional<ChangeOutcome> outcome() {
        InstallPlace place = request.place();
        if (request.flags().contains(Flag.FORCE)
                || Trees.exists(place.transaction())
                || Trees.exists(place.staging())) {
            return Optional.empty();
        }
        Optional<InstalledState> state = InstalledState.read(place.state());
        if (state.isEmpty() || !holds(state.get())) {
            return Optional.empty();
        }
        List<ChangeOutcome.Named> reused = state.get().named();
        for (ChangeOutcome.Named one : reused) {
            if (!Trees.isFolder(place.folder(one.id()))) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new ChangeOutcome(
                        List.of(),
                        reused,
                        List.of(),
                        List.of(),
                        place.lockfile(),
                        request.flags().contains(Flag.DRY_RUN),
                        List.of(),
                        Optional.empty()));
    }

    private boolean holds(InstalledState state) {
        boolean frozen = request.flags().contains(Flag.FROZEN);
        boolean bare = request.flags().contains(Flag.NO_DEPENDENCIES);
        if (!state.boot().equals(environment.settings().bootId())
                || !state.serves(bare, frozen)
                || !text(request.place().lockfile()).equals(state.lockfile())) {
            return false;
        }
        return frozen
                || request.place().manifest().isEmpty()
                || text(request.place().manifest().get()).equals(state.manifest());
    }

    private static String text(java.nio.file.Path file) {
        return Lockfile.readText(file).orElse("");
    }
}
