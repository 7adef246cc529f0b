package io.ggen.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The default file system with every change of the disk counted, and failing on demand.
 *
 * <p>Counted are: creating, opening for writing, each write, truncate, force, move, copy, delete,
 * new folders, links and set attributes. Reading is never counted and never fails. {@link
 * Path#toFile()} of its paths is the real file; what goes through that is neither counted nor
 * failed. Thread-safe.
 */
public final class FaultyFileSystem extends FileSystem {
    private final FileSystem real = FileSystems.getDefault();
    private final FaultyProvider provider = new FaultyProvider(this);
    private final List<String> operations = new ArrayList<>();
    private final Map<Path, Long> unforced = new HashMap<>();
    private Fault fault = Fault.ERROR;
    private long failAt = Long.MAX_VALUE;
    private int injected;

    /** Returns {@code path} of the default file system as a path of this one. */
    public Path wrap(Path path) {
        return new FaultyPath(this, FaultyPath.real(path));
    }

    /**
     * Arms the fault: the {@code n}-th operation from now fails, the first is 1. Forgets the
     * operations before.
     */
    public synchronized void failAt(int n, Fault kind) {
        operations.clear();
        injected = 0;
        fault = kind;
        failAt = n;
    }

    /** Stops failing, and counts from zero again. */
    public void heal() {
        failAt(Integer.MAX_VALUE, Fault.ERROR);
    }

    /** Returns the operations since the last {@link #failAt} or {@link #heal}, oldest first. */
    public synchronized List<String> operations() {
        return List.copyOf(operations);
    }

    /** Returns how many operations were made to fail since the last {@link #failAt}. */
    public synchronized int injected() {
        return injected;
    }

    /** Returns the files that hold bytes which were never forced to the disk. */
    public synchronized Set<Path> unforced() {
        return new TreeSet<>(unforced.keySet());
    }

    /**
     * Cuts each file at its first byte that was never forced: what a disk may keep after power was
     * lost. Renames and folders are kept, as an ordered journal keeps them.
     */
    public synchronized void losePower() throws IOException {
        for (Map.Entry<Path, Long> entry : unforced.entrySet()) {
            if (Files.isRegularFile(entry.getKey())) {
                try (FileChannel channel =
                        FileChannel.open(entry.getKey(), StandardOpenOption.WRITE)) {
                    channel.truncate(entry.getValue());
                }
            }
        }
        unforced.clear();
    }

    /** Counts one operation and fails it when its turn has come; {@code room}: it needs space. */
    synchronized void before(String operation, Path path, boolean room) throws IOException {
        operations.add(operation + " " + path);
        int index = operations.size();
        boolean fails =
                switch (fault) {
                    case ERROR -> index == failAt;
                    case NO_SPACE -> index >= failAt && room;
                    case CRASH -> index >= failAt;
                };
        if (fails) {
            injected++;
            throw failure(operation, path);
        }
    }

    private IOException failure(String operation, Path path) {
        return switch (fault) {
            case ERROR -> new IOException("injected failure of " + operation + " " + path);
            case NO_SPACE ->
                    new FileSystemException(path.toString(), null, "No space left on device");
            case CRASH -> new IOException("injected crash before " + operation + " " + path);
        };
    }

    synchronized boolean outOfSpace() {
        return fault == Fault.NO_SPACE && operations.size() >= failAt;
    }

    synchronized void wrote(Path file, long from) {
        unforced.merge(file, from, Math::min);
    }

    synchronized void forced(Path file) {
        unforced.remove(file);
    }

    synchronized void moved(Path from, Path to) {
        unforced.remove(to);
        Long cut = unforced.remove(from);
        if (cut != null) {
            unforced.put(to, cut);
        }
        for (Path file : List.copyOf(unforced.keySet())) {
            if (file.startsWith(from)) {
                unforced.put(to.resolve(from.relativize(file)), unforced.get(file));
                unforced.remove(file);
            }
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("the default file system stays open");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return paths(real.getRootDirectories()).toList();
    }

    Stream<Path> paths(Iterable<Path> paths) {
        return StreamSupport.stream(paths.spliterator(), false).map(this::wrap);
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = real.getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(FaultyPath.real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("no watching in tests");
    }
}
