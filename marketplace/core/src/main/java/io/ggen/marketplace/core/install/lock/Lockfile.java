package io.ggen.marketplace.core.install.lock;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The packages that belong together, each fixed to its bytes. Immutable, sorted by id.
 *
 * <p>The text is TOML: first line {@value #HEADER}, one {@code [[package]]} each. The same packages
 * give the same bytes.
 */
public final class Lockfile {
    /** The first line. */
    public static final String HEADER = "# ggen lockfile 1";

    /** The name of the file. */
    public static final String NAME = "ggen.lock";

    /** The largest file that is read, in bytes. */
    public static final long MAX_BYTES = 64L * 1024 * 1024;

    private static final Lockfile EMPTY = new Lockfile(new TreeMap<>());

    private final SortedMap<PackageId, LockedPackage> packages;

    private Lockfile(SortedMap<PackageId, LockedPackage> packages) {
        this.packages = packages;
    }

    /** Returns the lockfile without packages. */
    public static Lockfile empty() {
        return EMPTY;
    }

    /** Returns the lockfile of {@code packages}, of which each id occurs once. */
    public static Lockfile of(Collection<LockedPackage> packages) {
        SortedMap<PackageId, LockedPackage> sorted = new TreeMap<>();
        for (LockedPackage one : packages) {
            if (sorted.put(one.id(), one) != null) {
                throw new IllegalArgumentException(one.id() + " is locked twice");
            }
        }
        return new Lockfile(sorted);
    }

    /**
     * Reads a text.
     *
     * @param file names the text in errors
     * @throws MarketplaceException SERIALIZATION with line and column where it is no lockfile,
     *     SECURITY where it tries what none ever says: an unsafe name, a source that is a path, a
     *     package without hash
     */
    public static Lockfile parse(String file, String text) {
        return of(new LockfileReader(file, text).read());
    }

    /** Reads the file, or empty where it is missing; throws as {@link #parse}, or STORAGE. */
    public static Optional<Lockfile> read(Path file) {
        return readText(file).map(text -> parse(file.toString(), text));
    }

    /** Returns the file's text, or empty where it is missing. */
    public static Optional<String> readText(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it has over " + MAX_BYTES + " bytes");
            }
            return Optional.of(Bytes.wrap(Files.readAllBytes(file)).utf8());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageFailure.of("read " + file, e);
        }
    }

    /** Returns the text, the same for the same packages. */
    public String text() {
        return LockfileWriter.write(packages.values());
    }

    /** Returns all packages, sorted by id. */
    public Collection<LockedPackage> packages() {
        return packages.values();
    }

    /** Returns the ids, sorted. */
    public Set<PackageId> ids() {
        return packages.keySet();
    }

    /** Returns the package of that id. */
    public Optional<LockedPackage> get(PackageId id) {
        return Optional.ofNullable(packages.get(id));
    }

    /** Returns whether there are no packages. */
    public boolean isEmpty() {
        return packages.isEmpty();
    }

    /** Returns the versions for a resolver to prefer. */
    public Map<PackageRef, Version> versions() {
        Map<PackageRef, Version> versions = HashMap.newHashMap(packages.size());
        packages.values().forEach(one -> versions.put(one.ref(), one.version()));
        return versions;
    }

    /** Returns {@code roots} and all that they need, dependencies first. */
    public List<LockedPackage> closure(Collection<PackageId> roots) {
        var order = new java.util.ArrayList<LockedPackage>();
        Set<PackageId> seen = new HashSet<>();
        for (PackageId root : roots) {
            visit(root, seen, order);
        }
        return order;
    }

    private void visit(PackageId start, Set<PackageId> seen, List<LockedPackage> order) {
        var open = new java.util.ArrayDeque<Object>();
        open.push(start);
        while (!open.isEmpty()) {
            Object next = open.pop();
            if (next instanceof LockedPackage done) {
                order.add(done);
            } else if (next instanceof PackageId id && seen.add(id) && packages.containsKey(id)) {
                LockedPackage one = packages.get(id);
                open.push(one);
                for (PackageId dependency : one.dependencies().reversed()) {
                    open.push(dependency);
                }
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lockfile that && packages.equals(that.packages);
    }

    @Override
    public int hashCode() {
        return packages.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
