package io.ggen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ManPageTest {
    @TempDir Path directory;

    @Test
    void saysWhatTheHelpPageSays() {
        String page = ManPage.of(new CommandTable.Row("", "install", "install packages"));
        assertThat(page)
                .startsWith(".TH GGEN\\-INSTALL 1 \"\" \"ggen 0.1.0\"")
                .contains(".SH SYNOPSIS\nggen marketplace install [SPEC\\[u2026]]\n")
                .contains(".B ggen m install acme/ui@\\(ha2 \\-\\-dry\\-run\n")
                .contains(".B \\-g, \\-\\-global\n");
    }

    @Test
    void nothingThatIsSaidBecomesARequestOfTroff() {
        String page = ManPage.of(new CommandTable.Row("", "quickstart", "'x\n.y\\z"));
        assertThat(page).contains("\n\\&.y\\ez\n");
    }

    @Test
    void thereIsOneForEveryCommandThatIsThere() throws IOException {
        Manual.main(new String[] {directory.toString()});
        for (String name : CommandTable.names()) {
            Path page = directory.resolve("man/man1/" + ManPage.name(name) + ".1");
            assertThat(Files.exists(page))
                    .as(name)
                    .isNotEqualTo(CommandLine.find(name) instanceof AbsentCommand);
        }
        assertThat(directory.resolve("man/man1/ggen.1")).exists();
        assertThat(directory.resolve("bash-completion/completions/ggen")).exists();
        assertThat(directory.resolve("zsh/site-functions/_ggen")).exists();
        assertThat(directory.resolve("fish/vendor_completions.d/ggen.fish")).exists();
    }
}
