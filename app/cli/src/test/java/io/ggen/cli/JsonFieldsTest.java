package io.ggen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.ggen.cli.Terminal.Result;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every command's JSON has its schema and the fields that others rely on. */
class JsonFieldsTest {
    @TempDir Path directory;
    private Terminal user = new Terminal(Path.of(""));

    @BeforeEach
    void publish() throws IOException {
        user = new Terminal(directory);
        for (String name : List.of("leaf", "other")) {
            Path pack = Files.createDirectories(directory.resolve(name));
            Files.writeString(
                    pack.resolve("package.toml"),
                    "[package]\nname = \""
                            + name
                            + "\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\n"
                            + "description = \"d\"\n");
        }
        assertThat(user.run("publish", "leaf", "other").status()).isZero();
        user.run("init", "demo");
    }

    /** Runs the line with --json and checks schema and the fields in their order. */
    private void check(String line, String... fields) throws IOException {
        List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
        words.add("--json");
        Result result = user.run(words.toArray(String[]::new));
        assertThat(result.out()).as(line + result.err()).startsWith("{").endsWith("}\n");
        List<String> names = names(result.out());
        assertThat(names.getFirst()).isEqualTo("schema");
        assertThat(names).as(line).contains(fields);
    }

    private static List<String> names(String json) throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    names.add(parser.currentName());
                }
            }
        }
        return names;
    }

    @Test
    void ofFinding() throws IOException {
        check(
                "search leaf",
                "query",
                "total",
                "incomplete",
                "elapsedMs",
                "results",
                "id",
                "version",
                "description",
                "categories",
                "tags",
                "publisher",
                "source",
                "score",
                "reputation",
                "providers",
                "facets",
                "category",
                "tag");
        check(
                "info leaf",
                "id",
                "version",
                "versions",
                "publishedAt",
                "yanked",
                "description",
                "license",
                "homepage",
                "repository",
                "categories",
                "tags",
                "dependencies",
                "dependents",
                "publisher",
                "trust",
                "cid",
                "sha256",
                "sizeBytes",
                "readme");
    }

    @Test
    void ofInstalling() throws IOException {
        check(
                "install leaf",
                "installed",
                "id",
                "version",
                "path",
                "integrity",
                "cid",
                "publisher",
                "source",
                "providers",
                "reused",
                "removed",
                "updated",
                "lockfile",
                "dryRun",
                "elapsedMs");
        check("install", "installed", "reused", "id", "version", "lockfile", "dryRun", "elapsedMs");
        check("add other", "installed", "reused");
        check("update", "updated", "removed");
        check("list", "packages", "id", "version", "path", "integrity", "cid", "requested");
        check("tree", "roots", "id", "version", "dependencies");
        check("why leaf", "paths");
        check("outdated", "outdated");
        check("verify", "packages", "id", "version", "state", "detail");
        check("remove other", "removed");
        check("undo", "undone", "command", "at", "restored", "removed");
        check("clean", "freedBytes", "removed");
    }

    @Test
    void ofAuthoring() throws IOException {
        check(
                "publish leaf",
                "id",
                "version",
                "cid",
                "sha256",
                "sizeBytes",
                "files",
                "publisher",
                "recordId",
                "registry",
                "created");
        check("publish leaf other", "published", "failed");
        check("import leaf", "imported", "unchanged", "rejected");
        check("yank leaf@1.0.0", "id", "version", "reason");
        check("unpublish other@1.0.0 --yes", "id", "version");
    }

    @Test
    void ofKeysTrustAndTheRest() throws IOException {
        check("key list", "keys", "name", "did", "created", "encrypted", "current");
        check("key export", "name", "pem");
        check("trust pin leaf", "pins", "id", "publisher", "since", "publishers");
        check("trust list", "pins", "publishers");
        check("config get lock_wait", "key", "value", "source", "default");
        check("config set lock_wait 3s", "key", "value");
        check("config list", "settings");
        check("doctor", "checks", "name", "state", "detail", "hint");
        check("completion bash", "shell", "script");
        check("info nothing", "code", "message", "hint", "details");
    }
}
