package io.ggen.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes man pages and completion scripts into the folders where systems look for them, below the
 * folder given as the only word: the build does so once.
 */
public final class Manual {
    private final Path share;

    private Manual(Path share) {
        this.share = share;
    }

    /** Writes all of it below the folder given as the first word. */
    public static void main(String[] words) throws IOException {
        new Manual(Path.of(words[0])).write();
    }

    private void write() throws IOException {
        write("man/man1/ggen.1", ManPage.overview());
        for (CommandTable.Row row : CommandTable.ROWS) {
            if (!(CommandLine.find(row.name()) instanceof AbsentCommand)) {
                write("man/man1/" + ManPage.name(row.name()) + ".1", ManPage.of(row));
            }
        }
        write("bash-completion/completions/ggen", Completion.of("bash"));
        write("zsh/site-functions/_ggen", Completion.of("zsh"));
        write("fish/vendor_completions.d/ggen.fish", Completion.of("fish"));
    }

    private void write(String name, String text) throws IOException {
        Path file = share.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
