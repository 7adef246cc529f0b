package io.ggen.marketplace.core.trust;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code deny.toml} forbids to search, install and serve. Immutable. */
public final class DenyList {
    private static final DenyList EMPTY = new DenyList(List.of());

    private final List<Entry> entries;

    private DenyList(List<Entry> entries) {
        this.entries = entries;
    }

    /** One line of the list: all that it names must fit. */
    record Entry(
            Optional<PackageId> id, Optional<Did> publisher, Optional<String> cid, Denial denial) {
        Entry {
            if (id.isEmpty() && publisher.isEmpty() && cid.isEmpty()) {
                throw new IllegalArgumentException("one of id, publisher or cid is needed");
            }
            cid.ifPresent(Cid::parse);
        }

        boolean fits(PackageId candidate, Optional<Did> owner, Optional<Cid> content) {
            return id.map(candidate::equals).orElse(true)
                    && publisher.map(did -> owner.map(did::equals).orElse(false)).orElse(true)
                    && cid.map(text -> content.map(c -> c.toString().equals(text)).orElse(false))
                            .orElse(true);
        }
    }

    /** Returns the list that forbids nothing. */
    public static DenyList empty() {
        return EMPTY;
    }

    /**
     * Reads {@code file}; a missing file forbids nothing. Throws VALIDATION with line and column.
     */
    public static DenyList read(Path file) {
        try {
            return new DenyList(new TrustFile(file.toString(), Files.readString(file)).denials());
        } catch (NoSuchFileException e) {
            return EMPTY;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Returns whether it forbids nothing. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns why a release is denied; {@code content} may be unknown yet. */
    public Optional<Denial> denial(PackageId id, Optional<Did> publisher, Optional<Cid> content) {
        return entries.stream()
                .filter(entry -> entry.fits(id, publisher, content))
                .map(Entry::denial)
                .findFirst();
    }
}
