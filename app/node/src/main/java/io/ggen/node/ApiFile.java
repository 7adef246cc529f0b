package io.ggen.node;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.RunningNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file {@code p2p/api} of a home: where the running node answers and the token that it wants.
 * Readable by its owner alone (0600).
 */
record ApiFile(String url, String token, long pid, String version) {
    private static final int MOST = 4096;

    /** Reads the file of {@code home}; empty where there is none, or none that can be read. */
    static Optional<ApiFile> read(Home home) {
        try (InputStream in = Files.newInputStream(home.nodeApi())) {
            Fields fields = FieldsJson.read(in.readNBytes(MOST));
            return Optional.of(
                    new ApiFile(
                            fields.text("url"),
                            fields.text("token"),
                            fields.whole("pid"),
                            fields.text("version")));
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + home.nodeApi(), e);
        }
    }

    /** Puts this into {@code home}. */
    void write(Home home) {
        Fields fields =
                new Fields()
                        .put("url", url)
                        .put("token", token)
                        .put("pid", pid)
                        .put("version", version);
        Path file = home.nodeApi();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            DurableFiles.writeSecret(file, Bytes.utf8(FieldsJson.write(fields)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Removes the file of {@code home} where it is still this one. */
    void remove(Home home) {
        if (read(home).filter(this::equals).isPresent()) {
            try {
                Files.deleteIfExists(home.nodeApi());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + home.nodeApi(), e);
            }
        }
    }

    /** Returns the node without its token. */
    RunningNode node() {
        return new RunningNode(url, pid, version);
    }
}
