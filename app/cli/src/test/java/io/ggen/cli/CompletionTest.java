package io.ggen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What a shell offers. Bash runs for real, with a program that says what it was asked. */
class CompletionTest {
    @TempDir Path directory;
    private Terminal user = new Terminal(Path.of(""));

    @BeforeEach
    void begin() throws IOException {
        user = new Terminal(directory);
        Files.writeString(directory.resolve("ggen.bash"), user.run("completion", "bash").out());
        Path program = directory.resolve("ggen");
        Files.writeString(
                program,
                "#!/bin/sh\necho \"$*\" >> \"" + directory + "/asked\"\nprintf 'leaf\\ntree\\n'\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(directory.resolve("packs"));
    }

    /** Returns what bash offers for the last of the words. */
    private List<String> offered(String... words) throws IOException, InterruptedException {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(" '").append(word).append("'");
        }
        String script =
                "source ./ggen.bash; COMP_WORDS=(./ggen"
                        + line
                        + "); COMP_CWORD="
                        + words.length
                        + "; _ggen; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash =
                new ProcessBuilder("bash", "--norc", "-c", script)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said.strip().lines().toList();
    }

    private String asked() throws IOException {
        return Files.readString(directory.resolve("asked")).strip();
    }

    @Test
    void bashOffersCommands() throws Exception {
        assertThat(offered("m", "inst")).containsExactly("install");
        assertThat(offered("m", "config", "")).containsExactly("get", "set", "list");
        assertThat(offered("--home", "x", "marketplace", "serach", "")).isEmpty();
        assertThat(offered("help", "unp")).containsExactly("unpublish");
        assertThat(offered("completion", "z")).containsExactly("zsh");
    }

    @Test
    void bashOffersOptions() throws Exception {
        assertThat(offered("m", "install", "--fr")).containsExactly("--frozen");
        assertThat(offered("m", "install", "x", "--js")).containsExactly("--json");
        assertThat(offered("--off")).containsExactly("--offline");
        assertThat(offered("m", "doctor", "")).contains("--json");
        assertThat(offered("m", "search", "x", "--progress", "")).containsExactly("auto", "json");
        assertThat(offered("m", "list", "--registry", "hy")).containsExactly("hybrid");
        assertThat(offered("m", "list", "--target", "pa")).containsExactly("packs");
        assertThat(offered("m", "publish", "pa")).containsExactly("packs");
    }

    @Test
    void bashAsksForIdsOfTheRegistry() throws Exception {
        assertThat(offered("m", "install", "le")).containsExactly("leaf");
        assertThat(asked()).isEqualTo("m __complete packages le");
    }

    @Test
    void bashAsksForIdsOfWhatIsInstalled() throws Exception {
        assertThat(offered("--home", "there", "m", "why", "")).containsExactly("leaf", "tree");
        assertThat(asked()).isEqualTo("--home there m __complete installed");
    }

    @Test
    void theProgramAnswersWithNames() throws IOException {
        for (String name : List.of("leaf", "least", "tree")) {
            Path pack = Files.createDirectories(directory.resolve("packs").resolve(name));
            Files.writeString(
                    pack.resolve("package.toml"),
                    "[package]\nname = \"" + name + "\"\nversion = \"1.0.0\"\n");
        }
        assertThat(run("packages", "")).isEmpty();
        user.run("publish", "packs/leaf", "packs/least", "packs/tree");
        user.run("install", "tree", "--global");
        assertThat(run("packages", "lea")).containsExactly("leaf", "least");
        assertThat(run("installed", "")).containsExactly("tree");
        assertThat(run("keys", "d")).containsExactly("default");
        assertThat(run("settings", "marketplace.p2p.dht")).hasSize(1);
        assertThat(run("nonsense", "")).isEmpty();
    }

    @Test
    void theProgramNeverComplains() throws IOException {
        Files.createDirectories(directory.resolve("home"));
        Files.writeString(directory.resolve("home/config.toml"), "not toml");
        Terminal.Result result = user.run("m", "__complete", "packages", "x");
        assertThat(result).isEqualTo(new Terminal.Result(0, "", ""));
        assertThat(user.run("--help").out()).doesNotContain("__complete");
    }

    private List<String> run(String kind, String prefix) {
        Terminal.Result result = user.run("m", CompleteCommand.NAME, kind, prefix);
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        return result.out().lines().toList();
    }

    @Test
    void zshAndFishKnowEveryCommandAndAskForNames() {
        String zsh = user.run("completion", "zsh").out();
        String fish = user.run("completion", "fish").out();
        for (String name : CommandTable.names()) {
            String last = name.substring(name.indexOf(' ') + 1);
            assertThat(zsh).contains("'" + name + "'|'" + name + " '*)");
            assertThat(fish).contains("-a " + last + " -d ");
        }
        assertThat(zsh).contains("__complete $kind", "kind='installed'");
        assertThat(fish).contains("(__ggen_names packages)", "(__ggen_names installed)");
    }
}
