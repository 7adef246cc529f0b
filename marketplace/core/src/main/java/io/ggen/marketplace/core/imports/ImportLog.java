package io.ggen.marketplace.core.imports;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.core.Home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the imported records of a home came from: one line each, {@code record id, package,
 * source}, tabs between. Only ever appended to. Blocks on I/O.
 */
public final class ImportLog {
    private final Path file;

    /** Makes the log of {@code home}; touches no disk. */
    public ImportLog(Home home) {
        this.file = home.imported();
    }

    /** One imported record, {@code id@version}, and the path that it came from. */
    public record Line(Sha256 recordId, String name, String source) {}

    /** Adds lines, durably when it returns. */
    public void append(List<Line> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        var text = new StringBuilder();
        for (Line line : lines) {
            text.append(line.recordId().hex())
                    .append('\t')
                    .append(line.name())
                    .append('\t')
                    .append(plain(line.source()))
                    .append('\n');
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer buffer = Bytes.utf8(text.toString()).buffer();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Returns every line that can be read, in the order of the imports; none without a log. */
    public List<Line> read() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String text : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            parse(text).ifPresent(lines::add);
        }
        return lines;
    }

    private static Optional<Line> parse(String text) {
        String[] fields = text.split("\t", -1);
        if (fields.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Line(Sha256.fromHex(fields[0]), fields[1], fields[2]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String plain(String source) {
        return source.replaceAll("\\p{Cntrl}", "?");
    }
}
