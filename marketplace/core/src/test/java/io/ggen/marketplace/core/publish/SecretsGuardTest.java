package io.ggen.marketplace.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.content.ByteSource;
import io.ggen.content.TreeEntry;
import io.ggen.marketplace.model.Fault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;

final class SecretsGuardTest {
    private static final String LINE = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7";

    @Test
    void findsPrivateKeysWithLineAndColumn() throws IOException {
        List<Fault> faults =
                scan("notes.txt", "one\ntwo -----BEGIN RSA PRIVATE KEY-----\n" + LINE + "\n");
        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst().toString()).startsWith("notes.txt:2:5: a private key");
        assertThat(faults.getFirst().hint()).contains("--allow-secrets");
    }

    @Test
    void findsKeysInsideJson() throws IOException {
        assertThat(scan("k.json", "{\"k\":\"-----BEGIN PRIVATE KEY-----\\n" + LINE + "\\n\"}"))
                .hasSize(1);
    }

    @Test
    void findsTokensOfWellKnownServices() throws IOException {
        List<String> lines =
                List.of(
                        "AKIA" + "Q3EGRIB4PLDWXYZ2",
                        "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
                        "token=npm_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
                        "xoxb-" + "123456789012-abcdefghijkl",
                        "AIza" + "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q",
                        "glpat-" + "a1B2c3D4e5F6g7H8i9J0");
        assertThat(scan("a.txt", String.join("\n", lines)))
                .extracting(Fault::line)
                .containsExactly(1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AKIA" + "IOSFODNN7EXAMPLE",
                "ghp_" + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "ghp_short",
                "-----BEGIN PUBLIC KEY-----\n" + LINE,
                "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
                "highp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
                "------------------------------------------"
            })
    void leavesExamplesAndPublicKeysAlone(String text) throws IOException {
        assertThat(scan("a.md", text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env",
                "a/.env.local",
                "id_rsa",
                "x/id_ed25519",
                "key.p12",
                ".netrc",
                "h/.aws/credentials"
            })
    void refusesFilesThatHoldSecretsByTheirName(String path) throws IOException {
        assertThat(scan(path, "")).extracting(Fault::file).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {".env.example", "id_rsa.pub", "environment", "a.env", ".envrc.md"})
    void takesFilesWithSimilarNames(String path) throws IOException {
        assertThat(scan(path, "")).isEmpty();
    }

    @Test
    void findsATokenWhereverItStandsInALongFile() throws IOException {
        String token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
        for (int at = 65_000; at < 66_600; at += 37) {
            String text = "\n".repeat(at) + token + "\n".repeat(3000);
            assertThat(scan("a", text)).extracting(Fault::line).containsExactly(at + 1);
        }
    }

    @Test
    void stopsAfterAHundred() throws IOException {
        String token = "glpat-" + "a1B2c3D4e5F6g7H8i9J0\n";
        assertThat(scan("a", token.repeat(500))).hasSize(100);
    }

    private static List<Fault> scan(String path, String text) throws IOException {
        Bytes bytes = Bytes.utf8(text);
        return SecretsGuard.scan(
                List.of(
                        new TreeEntry.RegularFile(
                                path, bytes.length(), false, ByteSource.of(bytes))));
    }
}
