package io.ggen.marketplace.core.install.journal;

import io.ggen.base.Bytes;
import io.ggen.marketplace.model.PackageId;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * One change of one place: the texts before and after, and the folders that move.
 *
 * @param command such as {@code install}
 * @param place the packages folder, as text
 * @param lockfile before and after
 * @param manifest before and after; the same where it is not changed
 * @param moves what happens to the folders, in order
 */
public record ChangeRecord(
        String command,
        Instant at,
        String place,
        Texts lockfile,
        Texts manifest,
        List<Move> moves) {
    private static final String HEADER = "ggen change 1";
    private static final String END = "end";

    /** Copies the list. */
    public ChangeRecord {
        moves = List.copyOf(moves);
    }

    /** A file's text before and after; empty where the file is not there. */
    public record Texts(Optional<String> before, Optional<String> after) {
        /** Returns whether the file changes. */
        public boolean differ() {
            return !before.equals(after);
        }
    }

    /**
     * A package's folder.
     *
     * @param number names the folder while it is aside
     * @param arrives whether a new one comes
     * @param leaves whether one stood there
     */
    public record Move(PackageId id, int number, boolean arrives, boolean leaves) {}

    /** Returns this record as a file's content. */
    public Bytes encode() {
        var text = new StringBuilder(HEADER).append('\n');
        line(text, "command", Optional.of(command));
        line(text, "at", Optional.of(at.toString()));
        line(text, "place", Optional.of(place));
        line(text, "lockfile-before", lockfile.before());
        line(text, "lockfile-after", lockfile.after());
        line(text, "manifest-before", manifest.before());
        line(text, "manifest-after", manifest.after());
        for (Move move : moves) {
            text.append("move ").append(move.id()).append(' ').append(move.number());
            text.append(move.arrives() ? " +" : " ").append(move.leaves() ? "-" : "").append('\n');
        }
        return Bytes.utf8(text.append(END).append('\n').toString());
    }

    private static void line(StringBuilder text, String key, Optional<String> value) {
        text.append(key).append(' ');
        value.ifPresent(it ->
                text.append('=')
                        .append(
                                Base64.getEncoder()
                                        .encodeToString(it.getBytes(StandardCharsets.UTF_8))));
        text.append('\n');
    }

    /** Reads a record; empty where it is cut off or malformed. */
    public static Optional<ChangeRecord> decode(Bytes file) {
        try {
            String[] lines = file.utf8().stripTrailing().split("\n", -1);
            if (!lines[0].equals(HEADER) || !lines[lines.length - 1].equals(END)) {
                return Optional.empty();
            }
            List<Move> moves = new ArrayList<>();
            for (int i = 8; i < lines.length - 1; i++) {
                moves.add(move(lines[i].split(" ", -1)));
            }
            return Optional.of(
                    new ChangeRecord(
                            value(lines[1], "command").orElseThrow(),
                            Instant.parse(value(lines[2], "at").orElseThrow()),
                            value(lines[3], "place").orElseThrow(),
                            new Texts(
                                    value(lines[4], "lockfile-before"),
                                    value(lines[5], "lockfile-after")),
                            new Texts(
                                    value(lines[6], "manifest-before"),
                                    value(lines[7], "manifest-after")),
                            moves));
        } catch (RuntimeException e) {
            return Optional.empty(); // cut off, or not ours: it says nothing
        }
    }

    private static Move move(String[] parts) {
        return new Move(
                new PackageId(parts[1]),
                Integer.parseInt(parts[2]),
                parts[3].contains("+"),
                parts[3].contains("-"));
    }

    private static Optional<String> value(String line, String key) {
        if (!line.startsWith(key + " ")) {
            throw new IllegalArgumentException(key + " is missing");
        }
        String encoded = line.substring(key.length() + 1);
        return encoded.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new String(
                                Base64.getDecoder().decode(encoded.substring(1)),
                                StandardCharsets.UTF_8));
    }
}
