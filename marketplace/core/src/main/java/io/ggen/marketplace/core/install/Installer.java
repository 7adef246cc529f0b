package io.ggen.marketplace.core.install;

import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.install.journal.ChangeRecord;
import io.ggen.marketplace.core.install.journal.Journal;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.install.project.ProjectManifest;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes what is installed. Each operation is one transaction: it happens whole or leaves
 * everything as it was, also where the process is killed; the next one mends what is left. Safe
 * between processes: one at a time works on a place. Blocks on I/O.
 */
public final class Installer {
    private final InstallEnvironment environment;

    /** Makes an installer; touches nothing yet. */
    public Installer(InstallEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Installs what is asked for, or makes the place equal to manifest and lockfile. In a project,
     * asking for something adds it to the manifest.
     */
    public ChangeOutcome install(InstallRequest request) {
        InstallPlace place = request.place();
        place.refuseLinks();
        if (!request.specs().isEmpty()) {
            return add("install", request);
        }
        Optional<ChangeOutcome> nothing = new NoChange(environment, request).outcome();
        return nothing.orElseGet(() -> alone(place, request.flags(), () -> installAgain(request)));
    }

    private ChangeOutcome installAgain(InstallRequest request) throws IOException {
        InstallPlace place = request.place();
        boolean frozen = request.flags().contains(Flag.FROZEN);
        Situation situation = Situation.read(place, !frozen);
        if ((frozen || request.flags().contains(Flag.LOCKED)) && situation.lockfile().isEmpty()) {
            throw new MarketplaceException(
                    ErrorCode.SERIALIZATION,
                    "There is no lockfile with packages at " + place.lockfile() + ".",
                    "Run `ggen m install` without --locked and --frozen once, and commit ggen.lock.");
        }
        var owners = new Owners(environment, place);
        var planner = new Planner(environment, place, request.flags(), situation, owners);
        Plan plan =
                frozen ? planner.frozen() : planner.plan(Planner.Goal.of(situation.wanted(owners)));
        return apply("install", place, request.flags(), new Prepared(situation, plan, owners));
    }

    /** Adds packages to what a project, or a place without manifest, asks for. */
    public ChangeOutcome add(InstallRequest request) {
        request.place().refuseLinks();
        return add("add", request);
    }

    private ChangeOutcome add(String command, InstallRequest request) {
        InstallPlace place = request.place();
        return alone(
                place,
                request.flags(),
                () -> {
                    Situation situation = Situation.read(place, true);
                    var owners = new Owners(environment, place);
                    Plan plan = new Adding(environment, request, situation, owners).plan();
                    ChangeOutcome outcome =
                            apply(
                                    command,
                                    place,
                                    request.flags(),
                                    new Prepared(situation, plan, owners));
                    if (place.isGlobal() && !outcome.dryRun()) {
                        for (PackageSpec spec : request.specs()) {
                            plan.lockfile().get(spec.id()).ifPresent(owners::pin);
                        }
                    }
                    return outcome;
                });
    }

    /** Removes packages that are asked for directly, and what nobody needs then. */
    public ChangeOutcome remove(ChangeRequest request) {
        return change(
                "remove",
                request,
                (situation, owners) ->
                        new Removing(environment, request, situation, owners).plan());
    }

    /** Takes the newest versions that fit what is asked for. */
    public ChangeOutcome update(ChangeRequest request) {
        return change("update", request, (situation, owners) -> newer(request, situation, owners));
    }

    private Plan newer(ChangeRequest request, Situation situation, Owners owners) {
        Lockfile locked = situation.lockfile();
        request.ids().forEach(id -> Removing.requireLocked(id, locked));
        Set<PackageId> refreshed =
                request.ids().isEmpty() ? locked.ids() : Set.copyOf(request.ids());
        return new Planner(environment, request.place(), request.flags(), situation, owners)
                .plan(new Planner.Goal(situation.wanted(owners), Map.of(), refreshed));
    }

    /** Plans a change of what a place holds. */
    @FunctionalInterface
    private interface Planning {
        Plan plan(Situation situation, Owners owners);
    }

    private ChangeOutcome change(String command, ChangeRequest request, Planning planning) {
        InstallPlace place = request.place();
        place.refuseLinks();
        return alone(
                place,
                request.flags(),
                () -> {
                    Situation situation = Situation.read(place, true);
                    var owners = new Owners(environment, place);
                    Plan plan = planning.plan(situation, owners);
                    var prepared = new Prepared(situation, plan, owners);
                    return apply(command, place, request.flags(), prepared);
                });
    }

    /** Takes back the last install, add, update or remove of a place. */
    public UndoOutcome undo(InstallPlace place, Set<Flag> flags) {
        place.refuseLinks();
        return alone(place, flags, () -> new Undo(environment, place, flags).run());
    }

    /** Puts the locked packages of {@code ids} in place anew, from store or registry. */
    ChangeOutcome restore(InstallPlace place, Set<PackageId> ids) {
        place.refuseLinks();
        Set<Flag> flags =
                Set.of(Flag.FROZEN, Flag.NO_DEPENDENCIES, Flag.ALLOW_UNSIGNED, Flag.ALLOW_DENIED);
        return alone(
                place,
                flags,
                () -> {
                    Situation situation = Situation.read(place, false);
                    var unchanged =
                            new ChangeRecord.Texts(situation.lockText(), situation.lockText());
                    var none = new ChangeRecord.Texts(Optional.empty(), Optional.empty());
                    return new Application(
                                    environment, place, flags, new Owners(environment, place))
                            .mending(ids)
                            .run(
                                    situation,
                                    Verification.asLocked(situation),
                                    new Application.Texts("heal", unchanged, none, this::journal));
                });
    }

    private record Prepared(Situation situation, Plan plan, Owners owners) {}

    private ChangeOutcome apply(
            String command, InstallPlace place, Set<Flag> flags, Prepared prepared)
            throws IOException {
        Situation situation = prepared.situation();
        Lockfile lockfile = prepared.plan().lockfile();
        Optional<String> after =
                lockfile.isEmpty() && situation.lockText().isEmpty()
                        ? Optional.empty()
                        : lockfile.equals(situation.lockfile()) && situation.lockText().isPresent()
                                ? situation.lockText()
                                : Optional.of(lockfile.text());
        var texts =
                new Application.Texts(
                        command,
                        new ChangeRecord.Texts(situation.lockText(), after),
                        new ChangeRecord.Texts(
                                situation.manifest().map(ProjectManifest::text),
                                prepared.plan().manifest()),
                        this::journal);
        return new Application(environment, place, flags, prepared.owners())
                .run(situation, prepared.plan(), texts);
    }

    private Optional<java.nio.file.Path> journal(ChangeRecord change) throws IOException {
        return change.lockfile().differ() || change.manifest().differ()
                ? Optional.of(new Journal(environment.home().journal()).append(change))
                : Optional.empty();
    }

    /** Work that may fail on the disk. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Runs {@code work} while no other process works on {@code place}, after mending it. */
    <T> T alone(InstallPlace place, Set<Flag> flags, Work<T> work) {
        try {
            if (flags.contains(Flag.DRY_RUN)) {
                return work.run();
            }
            Files.createDirectories(place.packages());
            try (ProcessLock held =
                    ProcessLock.acquire(
                            place.lock(),
                            environment.settings().patience(),
                            holder -> environment.progress().say(waiting(place, holder)))) {
                environment.store().warm();
                recover(place);
                return work.run();
            }
        } catch (ProcessLock.HeldException e) {
            throw new MarketplaceException(
                            ErrorCode.LOCK_TIMEOUT,
                            "Cannot change "
                                    + place.packages()
                                    + ": "
                                    + e.holder()
                                    + " works on it.",
                            "Wait until it is done, or end it, and run the command again.",
                            Map.of("holder", e.holder(), "path", place.packages().toString()))
                    .causedBy(e);
        } catch (IOException e) {
            throw StorageFailure.of("change " + place.packages(), e);
        }
    }

    private static String waiting(InstallPlace place, String holder) {
        return "waiting for " + holder + ", which works on " + place.packages();
    }

    private void recover(InstallPlace place) throws IOException {
        switch (new Switch(place).recover(new Journal(environment.home().journal()))) {
            case NOTHING -> {}
            case FINISHED ->
                    environment.progress().say("an interrupted command was brought to its end");
            case ROLLED_BACK ->
                    environment.progress().say("an interrupted command was rolled back");
        }
    }
}
