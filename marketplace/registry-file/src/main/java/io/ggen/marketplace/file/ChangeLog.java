package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.marketplace.model.PackageId;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The ids whose packages changed, in order: an id is appended before its folder is touched. So
 * whoever writes next can finish what a killed process began, and a derived index can catch up.
 *
 * <p>The first line is a generation in 16 hexadecimal digits; the log is begun anew, with another
 * generation, when it has grown long or when somebody else wrote index.json.
 */
final class ChangeLog {
    private static final int HEAD = 17;
    private static final long LONGEST = 1 << 20;

    private final Path file;
    private final InstantSource clock;

    ChangeLog(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** A place between two changes; comparable within one generation alone. */
    record Place(long generation, long offset) {
        static final Place NONE = new Place(0, 0);

        /** Returns whether they are equal; a record's own way costs each process some 10 ms. */
        boolean is(Place other) {
            return generation == other.generation && offset == other.offset;
        }
    }

    /** What changed since a place. */
    sealed interface Changes {
        /** The place up to which this tells of changes. */
        Place until();

        /** These packages changed, or were about to. */
        record Some(NavigableSet<PackageId> ids, Place until) implements Changes {}

        /** Nobody knows what changed. */
        record Everything(Place until) implements Changes {}
    }

    /** Appends {@code id}; the writers' lock is held. Returns the place behind it. */
    Place append(PackageId id) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Optional<Long> generation = generation(channel);
            if (generation.isPresent()) {
                byte[] line = ("\n" + id + "\n").getBytes(StandardCharsets.US_ASCII);
                long size = channel.size();
                FileBytes.write(channel, line, size);
                return new Place(generation.get(), size + line.length);
            }
        } catch (NoSuchFileException e) {
            restart();
            return append(id);
        }
        restart();
        return append(id);
    }

    /** Begins anew, with a generation that was never used. */
    Place restart() throws IOException {
        long generation = Math.max(clock.millis(), end().generation() + 1);
        DurableFiles.writeAtomically(
                file, Bytes.utf8(HexFormat.of().toHexDigits(generation) + "\n"));
        return new Place(generation, HEAD);
    }

    /** Returns whether it is time to begin anew. */
    static boolean isLong(Place end) {
        return end.offset() > LONGEST;
    }

    /** Returns the place behind the last change. */
    Place end() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            return generation(channel).map(it -> new Place(it, size)).orElse(Place.NONE);
        } catch (NoSuchFileException e) {
            return Place.NONE;
        }
    }

    /** Returns what changed since {@code place}. */
    Changes since(Place place) throws IOException {
        Place end = end();
        if (place.generation() != end.generation()
                || place.generation() == 0
                || place.offset() > end.offset()) {
            return new Changes.Everything(end);
        }
        if (place.offset() == end.offset()) {
            return new Changes.Some(new TreeSet<>(), end);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] lines =
                    FileBytes.read(channel, place.offset(), (int) (end.offset() - place.offset()));
            return new Changes.Some(ids(new String(lines, StandardCharsets.US_ASCII)), end);
        }
    }

    private static NavigableSet<PackageId> ids(String lines) {
        NavigableSet<PackageId> ids = new TreeSet<>();
        int start = 0;
        while (start < lines.length()) {
            int newline = lines.indexOf('\n', start);
            int end = newline < 0 ? lines.length() : newline;
            Names.id(lines.substring(start, end)).ifPresent(ids::add);
            start = end + 1;
        }
        return ids;
    }

    private static Optional<Long> generation(FileChannel channel) throws IOException {
        if (channel.size() < HEAD) {
            return Optional.empty();
        }
        String head = new String(FileBytes.read(channel, 0, HEAD - 1), StandardCharsets.US_ASCII);
        try {
            return Optional.of(HexFormat.fromHexDigitsToLong(head));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
