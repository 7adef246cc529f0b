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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n",
                "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA==\n-----END EC PRIVATE KEY-----",
                "-----BEGIN OPENSSH PRIVATE KEY-----\r\nb3BlbnNzaA\r\n",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\n\nMIIBvTBXBgk\n",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n",
                "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF\n",
                "key: \"-----BEGIN PRIVATE KEY-----\\nMC4CAQ\\n-----END PRIVATE KEY-----\"",
                "-----BEGIN PRIVATE KEY----- MC4CAQAwBQ -----END PRIVATE KEY-----"
            })
    void findsPrivateKeysHoweverShort(String text) throws IOException {
        assertThat(scan("a.txt", text)).hasSize(1);
    }

    @Test
    void findsTokensByTheirPublishedShapes() throws IOException {
        String letters = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
        List<String> lines =
                List.of(
                        "token = \"cio" + letters.substring(0, 32) + "\"",
                        "//registry.example.org/:_authToken=" + letters,
                        "pypi-AgEIcHlwaS5vcmc" + letters + letters,
                        "github_pat_" + letters + "_" + letters,
                        "ABIA" + "Q3EGRIB4PLDWXYZ2",
                        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYabcdefghij",
                        "AWS_SECRET_ACCESS_KEY='wJalrXUtnFEMI/K7MDENG+bPxRfiCYabcdefghij'",
                        "rubygems_" + letters + letters,
                        "dckr_pat_" + letters,
                        "hf_" + letters,
                        "sk-ant-api03-" + letters + letters + letters,
                        "SG." + letters + "." + letters,
                        "AGE-SECRET-KEY-1" + letters + letters);
        assertThat(scan("a.txt", String.join("\n", lines)))
                .extracting(Fault::line)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
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
                "-----BEGIN PRIVATE KEY-----\nXXXXXXXX\n-----END PRIVATE KEY-----",
                "if (text.startsWith(\"-----BEGIN PRIVATE KEY-----\")) { decode(text); }",
                "//registry.example.org/:_authToken=${NPM_TOKEN_OF_THIS_MACHINE}",
                "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "precio1234567890123456789012345678901234567890",
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
                "h/.aws/credentials",
                ".cargo/credentials.toml",
                ".docker/config.json",
                "x/.pypirc",
                ".envrc"
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
