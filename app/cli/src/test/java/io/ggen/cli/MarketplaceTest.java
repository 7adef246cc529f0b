package io.ggen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.cli.Terminal.Result;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

/** The main job from end to end, as a user does it. */
class MarketplaceTest {
    @TempDir Path directory;
    private Terminal user = new Terminal(Path.of(""));
    private Path project = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        user = new Terminal(directory);
        project = Files.createDirectories(directory.resolve("project"));
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
                tags = ["test"]

                [dependencies]
                %s
                """
                        .formatted(name, version, name, dependencies));
        Files.writeString(pack.resolve("data.ttl"), "# " + name + " " + version + "\n");
    }

    private void publishTwo() throws IOException {
        pack("leaf", "1.0.0", "");
        pack("tree", "1.0.0", "leaf = { version = \"^1.0.0\", publisher = \"self\" }");
        Result result = run("publish", "packs/leaf", "packs/tree");
        assertThat(result.status()).as(result.err()).isZero();
    }

    private Result run(String... line) {
        return user.run(line);
    }

    private Result inProject(String... line) {
        return user.runIn(project, line);
    }

    @Test
    void publishesFindsInstallsAndVerifies() throws IOException {
        publishTwo();
        assertThat(run("search", "tre").out()).contains("tree 1.0.0", "about tree");
        assertThat(inProject("init", "demo").status()).isZero();
        Result install = inProject("install", "tree");
        assertThat(install.out()).isEqualTo("+ leaf 1.0.0\n+ tree 1.0.0\n");
        assertThat(project.resolve(".ggen/packages/leaf/data.ttl")).hasContent("# leaf 1.0.0\n");
        assertThat(inProject("install").err()).contains("up to date: 2 packages");
        assertThat(inProject("verify").status()).isZero();
        assertThat(inProject("why", "leaf").out()).isEqualTo("tree -> leaf\n");
        assertThat(inProject("tree").out()).isEqualTo("tree 1.0.0\n└── leaf 1.0.0\n");
    }

    @Test
    void updatesAndTakesItBack() throws IOException {
        publishTwo();
        inProject("init", "demo");
        inProject("add", "tree");
        pack("leaf", "1.1.0", "");
        assertThat(run("publish", "packs/leaf").status()).isZero();
        Result update = inProject("update");
        assertThat(update.out()).isEqualTo("~ leaf 1.0.0 -> 1.1.0\n");
        assertThat(inProject("undo").status()).isZero();
        assertThat(project.resolve(".ggen/packages/leaf/data.ttl")).hasContent("# leaf 1.0.0\n");
        assertThat(inProject("remove", "tree").out()).contains("- leaf 1.0.0", "- tree 1.0.0");
        assertThat(inProject("list").err()).contains("nothing is installed");
    }

    @Test
    void tellsAllFaultsOfAPackageAtOnce() throws IOException {
        pack("leaf", "one", "");
        Files.writeString(directory.resolve("packs/leaf/.env"), "TOKEN=1\n");
        Result result = run("publish", "packs/leaf", "--json");
        assertThat(result.status()).isEqualTo(65);
        assertThat(result.out()).contains("\"code\":\"VALIDATION\"", "package.toml:3:");
    }

    @Test
    void refusesOtherContentUnderAVersion() throws IOException {
        publishTwo();
        Files.writeString(directory.resolve("packs/leaf/data.ttl"), "other\n");
        Result result = run("publish", "packs/leaf");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("versions never change", "--version 1.0.1");
    }

    @Test
    void suggestsThePackageThatWasMeant() throws IOException {
        publishTwo();
        Result result = run("info", "leef");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("did you mean leaf?");
        assertThat(run("install", "leef").err()).contains("did you mean leaf?");
        assertThat(run("config", "get", "dht_mod").err()).contains("did you mean dht_mode?");
        assertThat(run("config", "get", "dht_mode").out()).isEqualTo("auto\n");
        assertThat(run("config", "get", "registry_path").out())
                .isEqualTo(directory.resolve("home/registry") + "\n");
    }

    @Test
    void showsFilesAndSizeBeforeAnythingIsSigned() throws IOException {
        pack("leaf", "1.0.0", "");
        Result result = run("publish", "packs/leaf");
        assertThat(result.out())
                .matches(
                        "(?s)leaf@1.0.0  2 files, \\d+ B\n  13 B      data.ttl\n"
                                + "  \\d+ B +package.toml\npublished leaf@1.0.0  bafy.*");
        for (int i = 0; i < 40; i++) {
            Files.writeString(directory.resolve("packs/leaf/" + i), "x");
        }
        Result dry = run("publish", "packs/leaf", "--dry-run", "--version", "1.1.0");
        assertThat(dry.out()).contains("42 files", "… 22 more", "would publish leaf@1.1.0");
        assertThat(dry.out().lines()).hasSize(23);
        pack("other", "1.0.0", "");
        Result two = run("publish", "packs/leaf", "packs/other", "--version", "1.1.0");
        assertThat(two.out()).contains("… 37 more");
        assertThat(run("publish", "packs/leaf", "--version", "1.1.0", "-v").out().lines())
                .hasSize(44);
    }

    @Test
    void showsNoFilesInJsonOrWhenQuiet() throws IOException {
        pack("leaf", "1.0.0", "");
        assertThat(run("publish", "packs/leaf", "-q").out()).isEmpty();
        assertThat(run("publish", "packs/leaf", "--json").out().lines()).hasSize(1);
    }

    @Test
    void namesTheFileThatIsNoKey() throws IOException {
        Files.write(directory.resolve("noise.bin"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        Result result = run("key", "import", "noise.bin");
        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err()).contains("noise.bin is no publisher key", "key export");
        assertThat(result.err()).doesNotContain("default.pem");
        assertThat(run("key", "import", "absent.pem").err())
                .contains("cannot read the key absent.pem: no such file");
        assertThat(run("key", "import", "-").err()).contains("standard input is no publisher key");
    }

    @Test
    void tellsWhichDependencyWasMeant() throws IOException {
        publishTwo();
        pack("app", "1.0.0", "leav = \"^1.0.0\"");
        Result result = run("publish", "packs/app");
        assertThat(result.status()).isEqualTo(65);
        assertThat(result.err()).contains("did you mean leaf (1.0.0)?", "package.toml:9:1:");
    }

    @Test
    void reportsATamperedPackageAndMendsIt() throws IOException {
        publishTwo();
        inProject("init", "demo");
        inProject("install", "tree");
        Files.writeString(project.resolve(".ggen/packages/leaf/data.ttl"), "tampered\n");
        assertThat(inProject("verify").status()).isEqualTo(8);
        assertThat(inProject("verify", "--heal").status()).isZero();
        assertThat(project.resolve(".ggen/packages/leaf/data.ttl")).hasContent("# leaf 1.0.0\n");
    }

    @Test
    void neverAsksWhereNobodyCanAnswer() throws IOException {
        publishTwo();
        Result result = run("unpublish", "tree@1.0.0");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("--yes");
        user.interactive("no\n");
        assertThat(run("unpublish", "tree@1.0.0").status()).isEqualTo(1);
        user.interactive("y\n");
        assertThat(run("unpublish", "tree@1.0.0").out()).contains("removed");
        assertThat(run("info", "tree").status()).isEqualTo(1);
    }

    @Test
    void yankedVersionsAreNotNewlyChosen() throws IOException {
        publishTwo();
        assertThat(run("yank", "leaf@1.0.0", "--reason", "broken").status()).isZero();
        inProject("init", "demo");
        Result result = inProject("install", "leaf");
        assertThat(result.status()).isNotZero();
        assertThat(result.err()).contains("--allow-yanked");
    }

    @Test
    void needsAProjectToAddTo() {
        Result result = inProject("add", "leaf");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("ggen m init");
    }

    @Test
    void saysWhatIsWrongWithAWord() {
        assertThat(run("install", "../etc").status()).isEqualTo(2);
        assertThat(run("install", "leaf@wrong").status()).isEqualTo(2);
        assertThat(run("yank", "leaf").err()).contains("leaf@VERSION");
        assertThat(run("search", "x", "-l", "many").err()).contains("whole number");
    }

    @Test
    void showsTheMainJobInOneCommandAndLeavesNothing() {
        user.variable("GGEN_DIST", Path.of(System.getProperty("ggen.root")).toString());
        Result result = run("quickstart");
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("$ ggen m install shop-api", "ok            shop-api");
    }

    @Test
    void findsNothingWrongWithAFreshHome() {
        Result result = run("doctor");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("ok    home", "ok    registry");
        assertThat(result.out()).containsPattern("cryptography  Ed25519 JDK.*AEAD .*, TLS ");
    }

    @Test
    void noticesSourcesThatAreNewerThanTheBuild() throws IOException {
        Path dist = Files.createDirectories(directory.resolve("x/app/dist/target/ggen"));
        Path source = directory.resolve("x/base/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Path test = Files.createDirectories(directory.resolve("x/base/src/test")).resolve("T.java");
        FileTime before = FileTime.fromMillis(1_000_000);
        for (Path file : List.of(source, test, directory.resolve("x/pom.xml"))) {
            Files.setLastModifiedTime(Files.writeString(file, ""), before);
        }
        Files.writeString(dist.resolve("launch"), "");
        user.variable("GGEN_DIST", dist.toString());
        assertThat(run("doctor").out()).contains("ok    build         as new as the sources");
        FileTime later = FileTime.fromMillis(System.currentTimeMillis() + 60_000);
        Files.setLastModifiedTime(test, later);
        assertThat(run("doctor").out()).contains("ok    build");
        Files.setLastModifiedTime(source, later);
        assertThat(run("doctor").out())
                .contains("warn  build         1 source is newer", "A.java", "build again: cd ");
    }
}
