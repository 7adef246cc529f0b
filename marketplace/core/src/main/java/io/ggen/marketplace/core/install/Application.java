package io.ggen.marketplace.core.install;

import io.ggen.base.CryptoProvider;
import io.ggen.base.Sha256;
import io.ggen.content.ContentException;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.install.ChangeOutcome.Installed;
import io.ggen.marketplace.core.install.ChangeOutcome.Named;
import io.ggen.marketplace.core.install.ChangeOutcome.Updated;
import io.ggen.marketplace.core.install.journal.ChangeRecord;
import io.ggen.marketplace.core.install.journal.ChangeRecord.Move;
import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.store.StoreWriter;
import io.ggen.marketplace.core.store.StoredContent;
import io.ggen.marketplace.core.trust.Evidence;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Release;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a place look like its plan: what is missing is fetched, verified, stored and staged, then
 * all is switched at once. Where anything fails, everything is as before.
 */
final class Application {
    private static final int FEW = 8;

    private final InstallEnvironment environment;
    private final InstallPlace place;
    private final Set<Flag> flags;
    private final Owners owners;
    private final Doubt doubt;
    private Set<PackageId> distrusted = Set.of();

    Application(
            InstallEnvironment environment, InstallPlace place, Set<Flag> flags, Owners owners) {
        this.environment = environment;
        this.place = place;
        this.flags = flags;
        this.owners = owners;
        this.doubt = new Doubt(place.lockfile(), flags.contains(Flag.NO_DEPENDENCIES));
    }

    /** Puts the packages of {@code ids} in place anew, whatever stands there. */
    Application mending(Set<PackageId> ids) {
        distrusted = Set.copyOf(ids);
        return this;
    }

    /**
     * The files that a change writes, and where it is written down.
     *
     * @param command names the change in the journal
     */
    record Texts(
            String command,
            ChangeRecord.Texts lockfile,
            ChangeRecord.Texts manifest,
            Switch.Journaling journaling) {}

    /** What stays, comes and goes. */
    private record Difference(
            List<LockedPackage> reused, List<LockedPackage> needed, List<PackageId> gone) {}

    ChangeOutcome run(Situation situation, Plan plan, Texts texts) throws IOException {
        Optional<InstalledState> state = InstalledState.read(place.state());
        Difference difference = difference(situation, plan, state);
        admit(situation, plan, difference);
        if (!flags.contains(Flag.DRY_RUN)) {
            change(plan, difference, texts);
        }
        return outcome(situation, plan, difference);
    }

    private Difference difference(Situation situation, Plan plan, Optional<InstalledState> state)
            throws IOException {
        List<LockedPackage> wanted = wanted(plan);
        Set<PackageId> staying = staying(wanted, plan.lockfile(), state);
        List<LockedPackage> reused = new ArrayList<>();
        List<LockedPackage> needed = new ArrayList<>();
        for (LockedPackage one : wanted) {
            (staying.contains(one.id()) ? reused : needed).add(one);
        }
        Set<PackageId> known = new TreeSet<>(situation.lockfile().ids());
        state.ifPresent(it -> it.named().forEach(one -> known.add(one.id())));
        List<PackageId> gone = new ArrayList<>();
        for (PackageId id : known) {
            if (plan.lockfile().get(id).isEmpty() && Trees.exists(place.folder(id))) {
                gone.add(id);
            }
        }
        return new Difference(reused, needed, gone);
    }

    private static List<LockedPackage> wanted(Plan plan) {
        Lockfile lockfile = plan.lockfile();
        if (plan.bare()) {
            List<LockedPackage> direct = new ArrayList<>();
            new TreeSet<>(plan.direct()).forEach(id -> lockfile.get(id).ifPresent(direct::add));
            return direct;
        }
        var roots = new LinkedHashSet<>(new TreeSet<>(plan.direct()));
        roots.addAll(lockfile.ids());
        return lockfile.closure(roots);
    }

    private Set<PackageId> staying(
            List<LockedPackage> wanted, Lockfile all, Optional<InstalledState> state)
            throws IOException {
        if (flags.contains(Flag.FORCE)) {
            return Set.of();
        }
        List<LockedPackage> trusted = new ArrayList<>(wanted);
        trusted.removeIf(one -> distrusted.contains(one.id()));
        boolean unsigned = flags.contains(Flag.ALLOW_UNSIGNED);
        return new Reuse(environment, place, unsigned, doubt).among(trusted, all, state);
    }

    private void admit(Situation situation, Plan plan, Difference difference) {
        for (LockedPackage one : plan.lockfile().packages()) {
            owners.check(one.id(), one.publisher(), situation.lockfile());
        }
        for (LockedPackage one : difference.needed()) {
            place.refuseLinks(one.id());
            Fetch.refuseUnsigned(one, flags);
            owners.refuseElsewhere(one.id());
            if (!flags.contains(Flag.ALLOW_DENIED)) {
                owners.refuseDenied(one);
            }
        }
        difference.gone().forEach(place::refuseLinks);
    }

    private void change(Plan plan, Difference difference, Texts texts) throws IOException {
        boolean same =
                difference.needed().isEmpty()
                        && difference.gone().isEmpty()
                        && !texts.lockfile().differ()
                        && !texts.manifest().differ();
        if (!same) {
            var switching = new Switch(place);
            try (StoreWriter writer = environment.store().writer()) {
                Files.createDirectory(place.staging());
                Files.createDirectory(place.aside());
                if (!difference.needed().isEmpty()) {
                    stage(plan, difference.needed(), writer);
                }
                writer.root(place.lockfile());
                writer.commit();
                Files.deleteIfExists(place.state());
                switching.run(record(difference, texts), texts.journaling());
            } catch (IOException | RuntimeException e) {
                clean(switching, e);
                throw e;
            }
            tidy(switching, difference.gone());
        } else {
            register();
        }
        stamp(plan, texts);
    }

    /** Makes the lockfile known to the store, so that a cleaning keeps what it names. */
    private void register() throws IOException {
        try (StoreWriter writer = environment.store().writer()) {
            writer.root(place.lockfile());
            writer.commit();
        }
    }

    private static void clean(Switch switching, Exception cause) {
        try {
            switching.sweepUnlessPending();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void tidy(Switch switching, List<PackageId> gone) {
        try {
            switching.sweep();
            for (PackageId id : gone) {
                if (id.scope().isPresent()) {
                    Trees.deleteIfEmpty(place.packages().resolve("@" + id.scope().get()));
                }
            }
        } catch (IOException e) {
            environment.progress().say("warning: old files are left for the next command: " + e);
        }
    }

    private void stamp(Plan plan, Texts texts) {
        try {
            InstalledState.of(
                            environment.settings().bootId(),
                            InstalledState.mode(plan.bare(), flags.contains(Flag.FROZEN)),
                            texts.manifest().after().orElse(""),
                            texts.lockfile().after().orElse(""),
                            wanted(plan))
                    .write(place.state());
        } catch (IOException e) {
            environment.progress().say("warning: the next install will look at every file: " + e);
        }
    }

    private ChangeRecord record(Difference difference, Texts texts) {
        List<Move> moves = new ArrayList<>();
        for (LockedPackage one : difference.needed()) {
            boolean leaves = Trees.exists(place.folder(one.id()));
            moves.add(new Move(one.id(), moves.size(), true, leaves));
        }
        for (PackageId id : difference.gone()) {
            moves.add(new Move(id, moves.size(), false, true));
        }
        return new ChangeRecord(
                texts.command(),
                environment.clock().instant(),
                place.packages().toAbsolutePath().normalize().toString(),
                texts.lockfile(),
                texts.manifest(),
                moves);
    }

    /** Brings all that is needed into the store and, as whole folders, beside its place. */
    private void stage(Plan plan, List<LockedPackage> needed, StoreWriter writer)
            throws IOException {
        List<Sha256> digests = new ArrayList<>();
        needed.forEach(one -> digests.add(one.integrity()));
        Map<Sha256, StoredContent> stored = environment.store().contents(digests);
        var seen = Seen.of(environment, needed);
        if (needed.size() - seen.size() > FEW) {
            CryptoProvider.expectMany();
        }
        var fetch = new Fetch(environment, flags, writer, doubt);
        var listings = new Listing[needed.size()];
        Parallel.run(
                needed.size(),
                i -> {
                    LockedPackage one = needed.get(i);
                    Optional<Release> known = seen.release(one);
                    Optional<Listing> chosen = Optional.ofNullable(plan.listings().get(one.id()));
                    if (known.isEmpty() || !stored.containsKey(one.integrity())) {
                        listings[i] = fetch.verified(one, chosen);
                    }
                    if (chosen.isPresent()) {
                        refuseContradiction(one, chosen.get(), seen, fetch);
                    } else {
                        Release release =
                                listings[i] == null ? known.orElseThrow() : listings[i].release();
                        doubt.check(one, plan.lockfile(), release);
                    }
                });
        Space.check(environment, place, size(needed, stored, listings));
        try (Progress.Task task = environment.progress().start("install", needed.size())) {
            Parallel.run(
                    needed.size(),
                    i -> {
                        var job = new Job(needed.get(i), i, Optional.ofNullable(listings[i]));
                        stage(job, Optional.ofNullable(stored.get(job.one().integrity())), fetch);
                        task.advance(1);
                    });
        }
    }

    /**
     * One package on its way.
     *
     * @param listing verified; absent where the store has the package
     */
    private record Job(LockedPackage one, int number, Optional<Listing> listing) {}

    private void stage(Job job, Optional<StoredContent> stored, Fetch fetch) throws IOException {
        LockedPackage one = job.one();
        if (stored.isPresent()) {
            if (!stored.get().digest().cid().equals(one.cid())) {
                throw Fetch.security(
                        one, "its lockfile entry joins a CID and a hash of two contents");
            }
            job.listing().ifPresent(listing -> fetch.keepRelease(one, listing));
            try {
                write(job, fetch.fromStore(stored.get()));
                return;
            } catch (ContentException e) {
                environment
                        .progress()
                        .say(one + " is damaged in the store and fetched again: " + e.getMessage());
                Trees.delete(place.staging().resolve(Integer.toString(job.number())));
            }
        }
        Listing listing =
                job.listing().isPresent()
                        ? job.listing().get()
                        : fetch.verified(one, Optional.empty());
        write(job, fetch.fromRegistry(one, listing));
    }

    private void write(Job job, Fetch.Fetched fetched) throws IOException {
        Trees.write(
                fetched.digest(),
                fetched.blocks(),
                environment.settings().policy(),
                place.staging().resolve(Integer.toString(job.number())));
    }

    /** Refuses a newly chosen version of which its publisher signed another content too. */
    private void refuseContradiction(LockedPackage one, Listing chosen, Seen seen, Fetch fetch)
            throws IOException {
        Optional<Envelope> rival = seen.rival(one);
        if (rival.isPresent() && chosen.envelope().isPresent()) {
            throw fetch.twoContents(one, rival.get(), chosen.envelope().get());
        }
        if (one.publisher().isPresent()) {
            var evidence = new Evidence(environment.home());
            if (evidence.isProven(one.publisher().get(), one.id(), one.version())) {
                throw Fetch.contradiction(
                        one, evidence.folder(one.publisher().get(), one.id(), one.version()));
            }
        }
    }

    private static long size(
            List<LockedPackage> needed, Map<Sha256, StoredContent> stored, Listing[] listings) {
        long size = 0;
        for (int i = 0; i < listings.length; i++) {
            StoredContent content = stored.get(needed.get(i).integrity());
            size +=
                    content != null
                            ? content.digest().sizeBytes()
                            : listings[i].release().content().sizeBytes();
        }
        return size;
    }

    private ChangeOutcome outcome(Situation situation, Plan plan, Difference difference) {
        List<Installed> installed = new ArrayList<>();
        difference.needed().forEach(one -> installed.add(Installed.of(one, place)));
        List<Named> reused = new ArrayList<>();
        difference.reused().forEach(one -> reused.add(Named.of(one)));
        reused.sort((a, b) -> a.id().compareTo(b.id()));
        List<Named> removed = new ArrayList<>();
        List<Updated> updated = new ArrayList<>();
        for (LockedPackage old : situation.lockfile().packages()) {
            Optional<LockedPackage> now = plan.lockfile().get(old.id());
            if (now.isEmpty()) {
                removed.add(Named.of(old));
            } else if (!now.get().version().equals(old.version())) {
                updated.add(new Updated(old.id(), old.version(), now.get().version()));
            }
        }
        return new ChangeOutcome(
                installed,
                reused,
                removed,
                updated,
                place.lockfile(),
                flags.contains(Flag.DRY_RUN),
                plan.firstUses(),
                plan.knowledge());
    }
}
