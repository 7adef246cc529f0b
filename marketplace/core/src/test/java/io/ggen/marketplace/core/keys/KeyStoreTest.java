package io.ggen.marketplace.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

final class KeyStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** Written by OpenSSL 3 with {@code pkcs8 -topk8 -v2 aes-256-cbc -iter 1000}. */
    private static final String LOCKED =
            """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgHA2pji2yYFAICA+gw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPjhGumDic/k9Y4uPlKcx5YEQL0F
            QlPJxMbZpjI0LCwQAD/dVXeGt6x8Cqs3xloD1sCyCGbYwBg3nwi/CsaFXj9GDPPP
            wrexlsOP5abHFtb0mI4=
            -----END ENCRYPTED PRIVATE KEY-----
            """;

    private static final String OPENS = "pä ss";

    @TempDir Path root;

    private KeyStore store() {
        return store(Passphrases.none());
    }

    private KeyStore store(Passphrases passphrases) {
        return new KeyStore(
                new Home(root),
                ManualClock.at(NOW.toString()),
                passphrases,
                Progress.silent(),
                new ProcessLock.Patience(0, Duration.ZERO));
    }

    static Passphrases passphrase(String phrase) {
        return new Passphrases() {
            @Override
            public Optional<String> opening(String name) {
                return Optional.of(phrase);
            }

            @Override
            public Optional<String> choosing(String name) {
                return Optional.of(phrase);
            }
        };
    }

    private Path file(String name) {
        return root.resolve("keys").resolve(name + ".pem");
    }

    @Test
    void makesTheDefaultKeyOnFirstUseForItsOwnerAlone() throws IOException {
        KeyStore.Opened first = store().openOrCreate(KeyStore.DEFAULT);
        KeyStore.Opened second = store().openOrCreate(KeyStore.DEFAULT);
        assertThat(first.created()).isTrue();
        assertThat(second.created()).isFalse();
        assertThat(second.key().did()).isEqualTo(first.key().did());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("default"))))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(root.resolve("keys"))))
                .isEqualTo("rwx------");
    }

    @Test
    void signsWhatItsDidVerifies() {
        SigningKey key = store().create("laptop");
        Bytes message = Bytes.utf8("hello");
        assertThat(Ed25519.verify(key.did().publicKey(), message, key.sign(message))).isTrue();
        assertThat(store().open("laptop").sign(message)).isEqualTo(key.sign(message));
    }

    @Test
    void makesNoOtherKeyUnasked() {
        refused(ErrorCode.USAGE, "key new laptop", () -> store().openOrCreate("laptop"));
    }

    @Test
    void suggestsTheKeyThatWasMeant() {
        store().create("laptop");
        refused(ErrorCode.USAGE, "did you mean laptop?", () -> store().open("latpop"));
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws IOException {
        store().create("laptop");
        Files.setPosixFilePermissions(file("laptop"), PosixFilePermissions.fromString("rw-r-----"));
        refused(
                ErrorCode.PERMISSION_DENIED,
                "chmod 600 " + file("laptop"),
                () -> store().open("laptop"));
    }

    @Test
    void encryptsANewKeyThatGetsAPassphrase() {
        SigningKey key = store(passphrase("correct horse")).create("laptop");
        assertThat(store().export("laptop"))
                .contains("BEGIN ENCRYPTED PRIVATE KEY")
                .doesNotContain("BEGIN PRIVATE KEY");
        assertThat(store(passphrase("correct horse")).open("laptop").did()).isEqualTo(key.did());
    }

    @Test
    void readsAKeyThatOpensslEncrypted() {
        KeyInfo info = store(passphrase(OPENS)).importPem("locked", LOCKED, "key.pem");
        assertThat(info.did().orElseThrow().publicKey().hex())
                .isEqualTo("e03844693325dd38d252b9cce321a97020556767c51c4b07e44bc825fe24d531");
        assertThat(info.encrypted()).isTrue();
        refused(
                ErrorCode.PERMISSION_DENIED,
                "GGEN_PASSPHRASE",
                () -> store(passphrase("wrong")).open("locked"));
        refused(ErrorCode.PERMISSION_DENIED, "GGEN_PASSPHRASE", () -> store().open("locked"));
    }

    @Test
    void listsKeysWithoutOpeningThem() {
        KeyInfo locked = store(passphrase(OPENS)).importPem("b-locked", LOCKED, "key.pem");
        SigningKey plain = store().create("a-plain");
        assertThat(store().list())
                .containsExactly(
                        new KeyInfo("a-plain", Optional.of(plain.did()), NOW, false), locked);
    }

    @Test
    void movesAKeyToAnotherHome() throws IOException {
        SigningKey key = store().create("laptop");
        String pem = store().export("laptop");
        Files.delete(file("laptop"));
        assertThat(store().importPem("server", pem, "key.pem").did()).contains(key.did());
        assertThat(store().importPem("server", pem, "key.pem").did()).contains(key.did());
        assertThat(store().open("server").did()).isEqualTo(key.did());
    }

    @Test
    void keepsTheKeyThatHasTheName() {
        store().create("laptop");
        store().create("other");
        String other = store().export("other");
        refused(ErrorCode.ALREADY_EXISTS, "another name", () -> store().create("laptop"));
        refused(
                ErrorCode.ALREADY_EXISTS,
                "another name",
                () -> store().importPem("laptop", other, "key.pem"));
    }

    @Test
    void believesTheKeyAndNotTheLineAboveItOnImport() {
        SigningKey first = store().create("first");
        SigningKey second = store().create("second");
        String lying = store().export("first").replace(first.did().text(), second.did().text());
        assertThat(store().importPem("third", lying, "key.pem").did()).contains(first.did());
    }

    @Test
    void readsTheKeyOfRfc8410() {
        String pem =
                """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
                -----END PRIVATE KEY-----
                """;
        assertThat(store().importPem("rfc", pem, "key.pem").did().orElseThrow().publicKey().hex())
                .isEqualTo("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----\n",
                "-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CX"
                        + "qI9EdVhC\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAx"
                        + "ZuE=\n-----END PUBLIC KEY-----\n",
            })
    void refusesWhatIsNoKey(String pem) {
        refused(ErrorCode.VALIDATION, "key export", () -> store().importPem("a", pem, "key.pem"));
    }

    @ParameterizedTest
    @CsvSource({
        "-----BEGIN OPENSSH PRIVATE KEY-----, a key of OpenSSH",
        "-----BEGIN RSA PRIVATE KEY-----, a key of RSA",
        "-----BEGIN PUBLIC KEY-----, a public key",
        "-----BEGIN PRIVATE KEY-----, cut off",
        "hello, no PEM in it"
    })
    void namesTheFileAndSaysWhatItIsInstead(String text, String kind) {
        assertThatThrownBy(() -> store().importPem("a", text + "\n", "some/file.pem"))
                .hasMessageContaining("some/file.pem is no publisher key")
                .hasMessageContaining(kind);
    }

    @Test
    void saysOfAnotherAlgorithmWhichItIs() throws Exception {
        var generator = java.security.KeyPairGenerator.getInstance("EC");
        String pem =
                "-----BEGIN PRIVATE KEY-----\n"
                        + java.util.Base64.getMimeEncoder()
                                .encodeToString(
                                        generator.generateKeyPair().getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n";
        assertThatThrownBy(() -> store().importPem("a", pem, "ec.pem"))
                .hasMessageContaining("ec.pem is no publisher key: it is a key of ECDSA");
    }

    @Test
    void namesTheFileThatAPassphraseDoesNotOpen() {
        assertThatThrownBy(() -> store(passphrase("wrong")).importPem("a", LOCKED, "safe.pem"))
                .hasMessageContaining("safe.pem does not open: the passphrase is another one");
        assertThatThrownBy(() -> store().importPem("a", LOCKED, "safe.pem"))
                .hasMessageContaining("safe.pem needs a passphrase");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", "A", ".hidden", "a\u0000b", "-x"})
    void refusesNamesThatAreNoFileNames(String name) {
        refused(ErrorCode.USAGE, "choose a name", () -> store().create(name));
    }

    @Test
    void saysWhoHoldsAKeyThatIsInUse() {
        SigningKey key = store().create("laptop");
        try (Chain chain = store().chain(key)) {
            assertThat(chain.pending()).isEmpty();
            refused(ErrorCode.LOCK_TIMEOUT, "wait", () -> store().chain(key));
        }
    }

    @Test
    void saysNothingOfTheSecret() {
        SigningKey key = store().create("laptop");
        assertThat(key.toString()).isEqualTo("SigningKey[laptop, " + key.did() + "]");
    }

    private static void refused(ErrorCode code, String hint, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.hint()).contains(hint);
                        });
    }
}
