package io.ggen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every help page as it was last looked at: {@code src/test/resources/help}. After a change on
 * purpose, {@code -Dggen.golden=update} writes them anew.
 */
class HelpTest {
    private static final Path GOLDEN = Path.of("src/test/resources/help");
    private static final boolean UPDATE = "update".equals(System.getProperty("ggen.golden"));

    @TempDir Path directory;

    static List<String> pages() {
        List<String> pages = new ArrayList<>(CommandTable.names());
        pages.addAll(Completion.GROUPS);
        pages.add("");
        return pages;
    }

    private static Path file(String page) {
        return GOLDEN.resolve((page.isEmpty() ? "overview" : page.replace(' ', '-')) + ".txt");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsAsItWasLookedAt(String page) throws IOException {
        String line = page.isEmpty() ? "--help" : "m " + page + " --help";
        Terminal.Result help = new Terminal(directory).run(line.split(" ", -1));
        assertThat(help.status()).isZero();
        if (UPDATE) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file(page), help.out());
        }
        assertThat(file(page)).content().isEqualTo(help.out());
    }

    @Test
    void noPageIsLeftOfACommandThatIsGone() throws IOException {
        List<Path> known = pages().stream().map(HelpTest::file).toList();
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files).containsExactlyInAnyOrderElementsOf(known);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageFitsATerminal(String page) throws IOException {
        assertThat(Files.readAllLines(file(page))).allMatch(line -> line.length() <= 100);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageTeachesByExamplesThatTheProgramTakes(String page) {
        Command command = page.isEmpty() ? new HelpCommand() : CommandLine.find(page);
        if (command instanceof AbsentCommand) {
            return;
        }
        assertThat(command.usage().examples()).as(page).isNotEmpty();
        for (Usage.Example example : command.usage().examples()) {
            check(example.line());
        }
    }

    /** Reads an example as the program would: an unknown option or a word too many is thrown. */
    private static void check(String example) {
        String line = example.split(" [<>] ", 2)[0].replaceAll("\"[^\"]*\"", "text");
        Words words = Words.of(List.of(line.split(" ", -1)));
        Usage usage = CommandLine.find(words.command()).usage();
        Arguments arguments = Arguments.parse(Completion.options(words.command()), words.rest());
        assertThat(arguments.words().size()).as(example).isBetween(usage.least(), usage.most());
    }
}
