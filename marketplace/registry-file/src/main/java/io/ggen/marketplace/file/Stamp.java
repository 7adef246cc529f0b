package io.ggen.marketplace.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param size in bytes; -1 when the file is absent
 * @param modified nanoseconds since the epoch
 * @param key which file it is: a hash of its inode and device
 */
record Stamp(long size, long modified, long key) {
    static final Stamp ABSENT = new Stamp(-1, 0, 0);

    static Stamp of(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    attributes.size(),
                    attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                    Fnv.hash(Objects.toString(attributes.fileKey())));
        } catch (NoSuchFileException e) {
            return ABSENT;
        }
    }

    boolean isAbsent() {
        return size < 0;
    }

    /** Returns whether they are equal; a record's own way costs each process some 5 ms. */
    boolean is(Stamp other) {
        return size == other.size && modified == other.modified && key == other.key;
    }
}
