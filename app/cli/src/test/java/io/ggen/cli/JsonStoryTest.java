package io.ggen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A whole story in JSON: every command says the fields that others may rely on. */
class JsonStoryTest {
    private static final String CHANGE =
            "installed reused removed updated lockfile dryRun elapsedMs";

    @TempDir Path directory;
    private Path project = Path.of("");
    private Terminal user = new Terminal(Path.of(""));

    @BeforeEach
    void begin() throws IOException {
        user = new Terminal(directory);
        project = Files.createDirectories(directory.resolve("project"));
        pack("leaf", "1.0.0", "");
        pack("tree", "1.0.0", "leaf = { version = \"^1.0.0\", publisher = \"self\" }");
    }

    private void pack(String name, String version, String dependencies) throws IOException {
        Path pack = Files.createDirectories(directory.resolve("packs").resolve(name));
        Files.writeString(
                pack.resolve("package.toml"),
                """
                [package]
                name = "%s"
                version = "%s"
                description = "about %s"
                license = "MIT"
                homepage = "https://example.org/%s"
                repository = "https://example.org/%s.git"
                categories = ["plants"]
                tags = ["green"]

                [dependencies]
                %s
                """
                        .formatted(name, version, name, name, name, dependencies));
        Files.writeString(pack.resolve("README.md"), "# " + name + " " + version + "\n");
    }

    private Answer ask(int status, String command, String line) throws IOException {
        String words = command.replace('.', ' ') + (line.isEmpty() ? "" : " " + line) + " --json";
        Terminal.Result result = user.runIn(project, words.split(" ", -1));
        assertThat(result.status()).as(words + result.err() + result.out()).isEqualTo(status);
        return Answer.of(words, "ggen." + command + "/1", result.out());
    }

    private Answer ask(String command, String line) throws IOException {
        return ask(0, command, line);
    }

    @Test
    void fromPublishingToCleaning() throws IOException {
        publishing();
        finding();
        installing();
        lookingAround();
        changingOnesMind();
        takingBack();
    }

    private void publishing() throws IOException {
        String fields = "id version cid sha256 sizeBytes files publisher recordId registry created";
        ask("publish", "../packs/leaf")
                .has(fields)
                .is("id", "leaf")
                .is("files", 2L)
                .is("created", true)
                .numbers("sizeBytes");
        ask("publish", "../packs/leaf").has(fields).is("created", false);
        ask("publish", "../packs/leaf ../packs/tree").each("published", fields).empty("failed");
        Answer broken = ask(65, "publish", "../packs/leaf ../packs/absent");
        broken.each("published", fields).each("failed", "directory code message hint");
        ask("publish", "../packs/tree --dry-run").is("created", false);
    }

    private void finding() throws IOException {
        Answer found = ask("search", "tree");
        found.has("query total incomplete elapsedMs results facets").is("query", "tree");
        found.is("incomplete", false).numbers("total elapsedMs");
        found.each(
                "results",
                "id version description categories tags publisher source score reputation"
                        + " providers");
        found.inner("facets").has("category tag").inner("category").numbers("plants");
        Answer info = ask("info", "leaf");
        info.has(
                "id version versions description license homepage repository categories tags"
                        + " dependencies dependents publisher trust cid sha256 sizeBytes readme");
        info.each("versions", "version publishedAt yanked").ascending("versions");
        info.items("versions").getFirst().time("publishedAt");
        info.numbers("sizeBytes").is("readme", "# leaf 1.0.0\n");
        ask("info", "tree").inner("dependencies").is("leaf", "^1.0.0");
    }

    private void installing() throws IOException {
        ask("init", "demo").has("name manifest").is("name", "demo");
        Answer dry = ask("install", "tree --dry-run");
        dry.has(CHANGE).is("dryRun", true);
        assertThat(project.resolve("ggen.lock")).doesNotExist();
        Answer install = ask("install", "tree");
        install.has(CHANGE).is("dryRun", false).numbers("elapsedMs");
        install.each("installed", "id version path integrity cid publisher source providers");
        assertThat(install.items("installed").getFirst().text("id")).isEqualTo("leaf");
        assertThat(install.items("installed").getFirst().text("integrity")).startsWith("sha256-");
        assertThat(install.text("lockfile")).isEqualTo(project.resolve("ggen.lock").toString());
        ask("install", "").has(CHANGE).each("reused", "id version").sorted("reused");
        ask("add", "leaf").has(CHANGE);
        ask("remove", "leaf").has(CHANGE);
    }

    private void lookingAround() throws IOException {
        ask("list", "")
                .each("packages", "id version path integrity cid publisher requested")
                .sorted("packages");
        Answer roots = ask("tree", "").each("roots", "id version dependencies");
        roots.items("roots").getFirst().each("dependencies", "id version dependencies");
        assertThat(ask("why", "leaf").text("paths")).isEqualTo("[[tree, leaf]]");
        ask("outdated", "").empty("outdated");
        ask("verify", "").each("packages", "id version state detail").sorted("packages");
        Files.writeString(project.resolve(".ggen/packages/leaf/README.md"), "other\n");
        Answer corrupt = ask(8, "verify", "");
        corrupt.items("packages").getFirst().is("id", "leaf").is("state", "corrupt");
        ask("verify", "--heal").items("packages").getFirst().is("state", "healed");
    }

    private void changingOnesMind() throws IOException {
        pack("leaf", "1.1.0", "");
        ask("publish", "../packs/leaf");
        ask("outdated", "").each("outdated", "id current wanted latest").sorted("outdated");
        ask("update", "").has(CHANGE).each("updated", "id from to");
        Answer undo = ask("undo", "").has("undone restored removed");
        undo.inner("undone").has("command at").is("command", "update").time("at");
        undo.each("restored", "id version");
        ask("remove", "tree").each("removed", "id version").sorted("removed");
        ask("clean", "").has("freedBytes removed").numbers("freedBytes");
    }

    private void takingBack() throws IOException {
        ask("yank", "leaf@1.0.0 --reason old").has("id version reason").is("reason", "old");
        ask("unpublish", "tree@1.0.0 --yes").has("id version").is("id", "tree");
        ask("import", "../packs").each("imported", "id version file").empty("rejected");
        ask("import", "../packs").each("unchanged", "id version file");
        Files.writeString(directory.resolve("packs/leaf/package.toml"), "[package]\nname = 1\n");
        ask(65, "import", "../packs").each("rejected", "file line column reason hint");
    }

    @Test
    void keysTrustSettingsAndTheRest() throws IOException {
        ask("publish", "../packs/leaf");
        ask("key.list", "").each("keys", "name did created encrypted current");
        ask("key.list", "").items("keys").getFirst().time("created").is("current", true);
        ask("key.new", "work").each("keys", "name did created encrypted current");
        String did = ask("key.list", "").items("keys").getLast().text("did");
        ask("key.export", "work").has("name pem");
        ask("trust.add", did + " alice --namespace acme").has("pins publishers");
        Answer pins = ask("trust.pin", "leaf").each("pins", "id publisher since").sorted("pins");
        pins.items("pins").getFirst().time("since");
        ask("trust.list", "").each("publishers", "did namespaces");
        ask("trust.remove", "leaf").empty("pins");
        ask("config.get", "cache_capacity").has("key value source default");
        ask("config.set", "cache_capacity 50").has("key value").is("value", "50");
        ask("config.list", "").each("settings", "key value source default");
        ask("doctor", "").each("checks", "name state detail hint");
        ask("completion", "bash").has("shell script");
    }

    @Test
    void errorsOfEveryKind() throws IOException {
        Terminal.Result missing = user.runIn(project, "info", "nothing", "--json");
        Answer.of("info", "ggen.error/1", missing.out())
                .has("code message hint details")
                .is("code", "PACKAGE_NOT_FOUND");
        Terminal.Result usage = user.runIn(project, "info", "--json");
        Answer.of("info", "ggen.error/1", usage.out())
                .has("code message hint details")
                .is("code", "USAGE");
    }
}
