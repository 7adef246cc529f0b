package io.ggen.marketplace.core.install;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.marketplace.core.install.journal.ChangeRecord;
import io.ggen.marketplace.core.install.journal.ChangeRecord.Move;
import io.ggen.marketplace.core.install.journal.Journal;
import io.ggen.marketplace.core.install.lock.Lockfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Puts staged folders in place of old ones. The record of the change stands beside them until the
 * lockfile, written last, says that it is done; whoever finds the record after a crash finishes the
 * change or rolls it back. The caller holds the lock of the place.
 */
final class Switch {
    private final InstallPlace place;

    Switch(InstallPlace place) {
        this.place = place;
    }

    /** What happens in a switch besides folders and texts. */
    @FunctionalInterface
    interface Journaling {
        /** Writes the change down and returns where. */
        Optional<Path> write(ChangeRecord change) throws IOException;
    }

    /** Makes the change, or leaves everything as it was and throws. */
    void run(ChangeRecord change, Journaling journaling) throws IOException {
        Optional<Path> written = Optional.empty();
        DurableFiles.writeAtomically(place.transaction(), change.encode());
        try {
            for (Move move : change.moves()) {
                moveOver(move);
            }
            if (change.manifest().differ()) {
                write(place.manifest().orElseThrow(), change.manifest().after());
            }
            written = journaling.write(change);
            if (change.lockfile().differ()) {
                write(place.lockfile(), change.lockfile().after());
            }
        } catch (IOException | RuntimeException e) {
            takeBack(change, written, e);
            throw e;
        }
        Files.deleteIfExists(place.transaction());
    }

    private void takeBack(ChangeRecord change, Optional<Path> written, Exception cause) {
        try {
            rollBack(change);
            if (written.isPresent()) {
                Files.deleteIfExists(written.get());
            }
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e); // the record stays: the next command goes on from here
        }
    }

    private void moveOver(Move move) throws IOException {
        place.refuseLinks(move.id());
        Path folder = place.folder(move.id());
        if (move.leaves() && Trees.exists(folder)) {
            Files.move(folder, aside(move));
        }
        if (move.arrives()) {
            Path parent = folder.getParent();
            if (move.id().scope().isPresent() && parent != null && !Trees.isFolder(parent)) {
                Files.createDirectory(parent);
            }
            Files.move(staged(move), folder);
        }
    }

    private Path staged(Move move) {
        return place.staging().resolve(Integer.toString(move.number()));
    }

    private Path aside(Move move) {
        return place.aside().resolve(Integer.toString(move.number()));
    }

    private static void write(Path file, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            DurableFiles.write(file, Bytes.utf8(text.get()));
        } else {
            Files.deleteIfExists(file);
        }
    }

    /** Finishes or rolls back what another command left; returns what was done. */
    Recovery recover(Journal journal) throws IOException {
        Optional<ChangeRecord> left = left();
        Recovery done = Recovery.NOTHING;
        if (left.isPresent()) {
            ChangeRecord change = left.get();
            if (isDone(change)) {
                done = Recovery.FINISHED;
            } else {
                rollBack(change);
                forget(change, journal);
                done = Recovery.ROLLED_BACK;
            }
        }
        Files.deleteIfExists(place.transaction());
        sweep();
        return done;
    }

    /** What a recovery found. */
    enum Recovery {
        NOTHING,
        FINISHED,
        ROLLED_BACK
    }

    private Optional<ChangeRecord> left() throws IOException {
        try {
            return ChangeRecord.decode(Bytes.wrap(Files.readAllBytes(place.transaction())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private boolean isDone(ChangeRecord change) {
        if (!Lockfile.readText(place.lockfile()).equals(change.lockfile().after())) {
            return false;
        }
        for (Move move : change.moves()) {
            if (move.arrives() && Trees.exists(staged(move))) {
                return false;
            }
        }
        return true;
    }

    private static void forget(ChangeRecord change, Journal journal) throws IOException {
        Optional<Journal.Entry> last = journal.last(change.place());
        if (last.isPresent() && last.get().change().equals(change)) {
            Files.deleteIfExists(last.get().file());
        }
    }

    /** Brings everything back that {@code change} moved or wrote; can be done again. */
    private void rollBack(ChangeRecord change) throws IOException {
        for (Move move : change.moves().reversed()) {
            Path folder = place.folder(move.id());
            place.refuseLinks(move.id());
            if (Trees.exists(aside(move))) {
                Trees.delete(folder);
                Files.move(aside(move), folder);
            } else if (move.arrives() && !move.leaves() && !Trees.exists(staged(move))) {
                Trees.delete(folder);
            }
            if (move.id().scope().isPresent() && folder.getParent() != null) {
                Trees.deleteIfEmpty(folder.getParent());
            }
        }
        if (change.manifest().differ()) {
            restore(place.manifest().orElseThrow(), change.manifest());
        }
        if (change.lockfile().differ()) {
            restore(place.lockfile(), change.lockfile());
        }
        Files.deleteIfExists(place.transaction());
    }

    private static void restore(Path file, ChangeRecord.Texts texts) throws IOException {
        if (Lockfile.readText(file).equals(texts.after())) {
            write(file, texts.before());
        }
    }

    /** Removes what was staged, unless a change is still to be rolled back. */
    void sweepUnlessPending() throws IOException {
        if (!Trees.exists(place.transaction())) {
            sweep();
        }
    }

    /** Removes what was set aside and what was never put in place. */
    void sweep() throws IOException {
        Trees.delete(place.aside());
        Trees.delete(place.staging());
    }
}
