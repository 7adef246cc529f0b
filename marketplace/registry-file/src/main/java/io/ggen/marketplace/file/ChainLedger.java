package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Origin;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Which record stands at each sequence of a chain, so that two histories of one key are noticed: 32
 * bytes for each sequence, in a file for each chain. The writers' lock is held.
 */
final class ChainLedger {
    /** Sequences above are not followed: a hostile one must not make a huge file. */
    private static final long MOST = 1 << 20;

    private final Layout layout;

    ChainLedger(Layout layout) {
        this.layout = layout;
    }

    /** Returns the record known at that place of the chain. */
    Optional<Sha256> find(Origin origin) throws IOException {
        if (origin.sequence() > MOST) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file(origin), StandardOpenOption.READ)) {
            if (channel.size() < at(origin) + Sha256.LENGTH) {
                return Optional.empty();
            }
            Bytes id = Bytes.wrap(FileBytes.read(channel, at(origin), Sha256.LENGTH));
            return id.equals(Bytes.wrap(new byte[Sha256.LENGTH]))
                    ? Optional.empty()
                    : Optional.of(new Sha256(id));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Returns the highest sequence known of a chain, 0 when none is. */
    long last(Did publisher, String chain) throws IOException {
        try {
            return Files.size(layout.chain(publisher, chain)) / Sha256.LENGTH;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** Keeps {@code record} at its place. */
    void put(Origin origin, Sha256 record) throws IOException {
        if (origin.sequence() > MOST) {
            return;
        }
        Path file = file(origin);
        Files.createDirectories(file.resolveSibling("."));
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileBytes.write(channel, record.bytes().toArray(), at(origin));
        }
    }

    private Path file(Origin origin) {
        return layout.chain(origin.publisher(), origin.chain());
    }

    private static long at(Origin origin) {
        return (origin.sequence() - 1) * Sha256.LENGTH;
    }
}
