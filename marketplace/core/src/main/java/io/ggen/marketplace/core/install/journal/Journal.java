package io.ggen.marketplace.core.install.journal;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.base.Sha256;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last changes of each place, the newest last: what {@code undo} takes back. Bounded. Callers
 * hold the lock of the place. Blocks on I/O.
 */
public final class Journal {
    private static final int KEPT = 20;
    private static final int DIGITS = 10;
    private static final long FIRST = 1_000_000_000L;

    private final Path folder;

    /** Opens the journal in {@code folder}; touches no disk. */
    public Journal(Path folder) {
        this.folder = folder;
    }

    /** A change that is written down, and where. */
    public record Entry(Path file, ChangeRecord change) {}

    private Path of(String place) {
        return folder.resolve(Sha256.of(Bytes.utf8(place)).hex().substring(0, 16));
    }

    /** Writes down a change, durably; returns the file, for taking it back. */
    public Path append(ChangeRecord change) throws IOException {
        Path own = of(change.place());
        List<Path> files = files(own);
        long next = files.isEmpty() ? 1 : number(files.getLast()) + 1;
        Files.createDirectories(own);
        Path file = own.resolve(Long.toString(FIRST + next));
        DurableFiles.write(file, change.encode());
        for (int i = 0; i < files.size() + 1 - KEPT; i++) {
            Files.deleteIfExists(files.get(i));
        }
        return file;
    }

    /** Returns the last change of {@code place}. */
    public Optional<Entry> last(String place) throws IOException {
        List<Path> files = files(of(place));
        for (int i = files.size() - 1; i >= 0; i--) {
            Path file = files.get(i);
            Optional<ChangeRecord> change =
                    ChangeRecord.decode(Bytes.wrap(Files.readAllBytes(file)));
            if (change.isPresent()) {
                return Optional.of(new Entry(file, change.get()));
            }
        }
        return Optional.empty();
    }

    /** Returns the last change of every place. */
    public List<Entry> lastOfEach() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path own : list(folder)) {
            List<Path> files = files(own);
            if (!files.isEmpty()) {
                Path file = files.getLast();
                ChangeRecord.decode(Bytes.wrap(Files.readAllBytes(file)))
                        .ifPresent(change -> entries.add(new Entry(file, change)));
            }
        }
        return entries;
    }

    /** Forgets all changes; returns the bytes freed. */
    public long clear() throws IOException {
        long freed = 0;
        for (Path own : list(folder)) {
            for (Path file : files(own)) {
                freed += Files.size(file);
                Files.delete(file);
            }
        }
        return freed;
    }

    private static List<Path> files(Path own) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path file : list(own)) {
            if (number(file) > 0) {
                files.add(file);
            }
        }
        return files;
    }

    private static long number(Path file) {
        String name = String.valueOf(file.getFileName());
        boolean ours = name.length() == DIGITS && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return ours ? Long.parseLong(name) - FIRST : 0;
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(entries::add);
            }
        }
        entries.sort(null);
        return entries;
    }
}
