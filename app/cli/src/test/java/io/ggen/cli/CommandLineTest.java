package io.ggen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.cli.Terminal.Result;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

class CommandLineTest {
    @TempDir Path directory;

    private Result run(String... line) {
        return new Terminal(directory).run(line);
    }

    @Test
    void printsTheVersionOfTheReactor() {
        assertThat(run("--version")).isEqualTo(new Result(0, "ggen " + Version.TEXT + "\n", ""));
        assertThat(System.getProperty("ggen.version")).isEqualTo(Version.TEXT + "-SNAPSHOT");
    }

    @Test
    void printsTheVersionAsJson() {
        assertThat(run("--version", "--json").out())
                .isEqualTo("{\"schema\":\"ggen.version/1\",\"version\":\"0.1.0\"}\n");
    }

    @Test
    void showsAllCommandsWhereNoneIsGiven() {
        assertThat(run().out()).contains("search", "install", "First steps");
        assertThat(run("marketplace").out()).isEqualTo(run("m", "--help").out());
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        Result result = run("m", "serach");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo(
                        """
                        error: there is no command `serach`
                        hint: did you mean `ggen marketplace search`?
                        """);
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        Result result = run("m", "completion", "bash", "--jsn");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("unknown option --jsn", "did you mean --json?");
    }

    @Test
    void reportsErrorsAsJsonOnStandardOutput() {
        Result result = run("m", "completion", "tcsh", "--json");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .isEqualTo(
                        "{\"schema\":\"ggen.error/1\",\"code\":\"USAGE\",\"message\":\"there is no"
                                + " completion for `tcsh`\",\"hint\":\"choose bash, zsh or"
                                + " fish\",\"details\":{}}\n");
    }

    @Test
    void takesGlobalOptionsBeforeAndAfterTheCommand() {
        String home = directory.resolve("other").toString();
        assertThat(run("--home", home, "--json", "m", "completion", "fish").out())
                .isEqualTo(run("m", "completion", "fish", "--json", "--home=" + home).out());
    }

    @Test
    void saysWhichWordIsMissingOrTooMany() {
        assertThat(run("completion").err()).contains("completion needs SHELL");
        assertThat(run("completion", "zsh", "bash").err()).contains("has no use for `bash`");
        assertThat(run("completion", "--home").err()).contains("--home needs a value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p2p", "p2p status", "p2p publish packs/a --start"})
    void saysHowToGetPeersWhereTheyAreLeftOut(String line) {
        Result result = run(("m " + line).split(" ", -1));
        assertThat(result.status()).isEqualTo(69);
        assertThat(result.err())
                .contains("needs the peer-to-peer part", "--registry DIR", "mvn -DskipTests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "sbom", "key rotate", "deprecate a"})
    void saysWhatIsNotThereYet(String line) {
        Result result = run(("m " + line).split(" ", -1));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("is not there yet in version 0.1.0", "hint: ");
        assertThat(result.err().lines()).hasSize(2);
    }

    @Test
    void listsWhatFollowsTheFirstWordOfSeveralCommands() {
        assertThat(run("m", "config").err()).contains("one of: get, set, list");
        assertThat(run("m", "key", "--help").out()).contains("key export");
    }

    @Test
    void endsQuietlyWhenTheReaderLeft() {
        assertThat(runInto(new Broken("Broken pipe"))).isEqualTo(141);
    }

    @Test
    void endsWith74WhenStandardOutputCannotBeWritten() {
        assertThat(runInto(new Broken("No space left on device"))).isEqualTo(74);
    }

    @Test
    void coloursOnlyWhatATerminalShows() {
        assertThat(run("--help").out()).doesNotContain("\u001b");
        Terminal user = new Terminal(directory).interactive("");
        assertThat(user.run("--help").out()).contains("\u001b[1m");
        assertThat(user.run("--help", "--no-color").out()).doesNotContain("\u001b");
        user.variable("FORCE_COLOR", "1").variable("NO_COLOR", "1");
        assertThat(user.run("--help").out()).doesNotContain("\u001b");
    }

    @Test
    void coloursAsVariablesAndOptionsAsk() {
        Terminal user = new Terminal(directory);
        assertThat(user.run("--help", "--color", "always").out()).contains("\u001b[1m");
        user.variable("NO_COLOR", "1");
        assertThat(user.run("--help", "--color=always").out()).contains("\u001b[1m");
        assertThat(user.run("--help", "--color=auto").out()).doesNotContain("\u001b");
        assertThat(user.run("--help", "--color", "pink").err()).contains("auto, always or never");
        Terminal forced = new Terminal(directory).variable("CLICOLOR_FORCE", "1");
        assertThat(forced.run("--help").out()).contains("\u001b[1m");
        assertThat(forced.run("--help", "--no-color").out()).doesNotContain("\u001b");
        Terminal unwanted = new Terminal(directory).interactive("").variable("CLICOLOR", "0");
        assertThat(unwanted.run("--help").out()).doesNotContain("\u001b");
        Terminal dumb = new Terminal(directory).interactive("").variable("TERM", "dumb");
        assertThat(dumb.run("--help").out()).doesNotContain("\u001b");
    }

    @Test
    void refusesAnEmptyValue() {
        assertThat(run("m", "list", "--home=").err()).contains("--home needs a value");
    }

    /** One wrong line for each command, most of them several: JSON, one line, a hint, status 2. */
    @ParameterizedTest
    @MethodSource("everyCommand")
    void wrongUsageIsJsonOnEveryCommand(String name) throws IOException {
        boolean peers = name.startsWith("p2p ");
        for (String more : List.of("--no-such-option", "a b c d e --limit", "--progress")) {
            Result result = run(("m " + name + " " + more + " --json").split(" ", -1));
            assertThat(result.out().lines()).as(name + " " + more + result.err()).hasSize(1);
            assertThat(result.out())
                    .startsWith(
                            "{\"schema\":\"ggen.error/1\",\"code\":\""
                                    + (peers ? "NETWORK" : "USAGE"))
                    .doesNotContain("\"hint\":\"\"");
            assertThat(result.status()).isEqualTo(peers ? 69 : 2);
            assertThat(directory.resolve("home")).doesNotExist();
        }
    }

    static List<String> everyCommand() {
        return CommandTable.names();
    }

    @Test
    void everyCommandHasAPage() {
        for (String name : CommandTable.names()) {
            Result page = run(("m " + name + " --help").split(" ", -1));
            assertThat(page.status()).as(name).isZero();
            assertThat(page.out()).as(name).contains("ggen marketplace " + name, "--json");
        }
    }

    @Test
    void makesForeignTextHarmless() {
        assertThat(Escape.terminal("a\u001b[31mb\u202ec\nd"))
                .isEqualTo("a\\u{1b}[31mb\\u{202e}c\nd");
    }

    private int runInto(OutputStream out) {
        Surroundings around =
                new Surroundings(
                        Map.of(),
                        directory,
                        new Surroundings.Streams(
                                InputStream.nullInputStream(),
                                out,
                                OutputStream.nullOutputStream()),
                        Surroundings.Terminal.none(),
                        InstantSource.system());
        return Main.run(List.of("--help"), around);
    }

    private static final class Broken extends OutputStream {
        private final String reason;

        Broken(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(reason);
        }
    }
}
