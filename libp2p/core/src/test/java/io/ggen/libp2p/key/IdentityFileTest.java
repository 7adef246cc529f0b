package io.ggen.libp2p.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

final class IdentityFileTest {
    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<String> PHRASE = Optional.of("correct horse");

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("p2p/keypair");
    }

    private PeerId open(Optional<String> passphrase) {
        return new IdentityFile(file()).openOrCreate(passphrase).publicKey().peerId();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void whoAHostIsStaysTheSame() throws IOException {
        PeerId first = open(NONE);
        assertThat(open(NONE)).isEqualTo(first);
        assertThat(open(PHRASE)).as("nothing to open").isEqualTo(first);
        assertThat(permissions(file())).isEqualTo("rw-------");
        assertThat(Files.readAllBytes(file())).hasSize(68).startsWith(8, 1, 18, 64);
    }

    @Test
    void aPassphraseIsNeededWhereOneWasGiven() throws IOException {
        PeerId first = open(PHRASE);
        assertThat(open(PHRASE)).isEqualTo(first);
        assertThat(permissions(file())).isEqualTo("rw-------");
        assertThat(Files.readString(file())).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThatThrownBy(() -> open(NONE)).hasMessageContaining("needs a passphrase");
        assertThatThrownBy(() -> open(Optional.of("wrong")))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("does not open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void aFileThatOthersCanReadIsRefusedWithWhatToDo(String mode) throws IOException {
        open(NONE);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> open(NONE))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("chmod 600 " + file());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "\b\u0001\u0012\u0000",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\n",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
            })
    void aFileThatIsNoKeyIsNeverOverwritten(String content) throws IOException {
        Files.createDirectories(folder.resolve("p2p"));
        Files.createFile(
                file(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file(), content);
        assertThatThrownBy(() -> open(PHRASE))
                .isInstanceOfSatisfying(
                        Libp2pException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.INVALID_KEY));
        assertThat(Files.readString(file())).isEqualTo(content);
    }

    @Test
    void manyAtOnceMakeOneIdentity() throws Exception {
        Set<PeerId> seen = new HashSet<>();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var opened =
                    java.util.stream.IntStream.range(0, 20)
                            .mapToObj(i -> tasks.submit(() -> open(NONE)))
                            .toList();
            for (Future<PeerId> peer : opened) {
                seen.add(peer.get());
            }
        }
        assertThat(seen).hasSize(1);
    }

    static Stream<List<String>> vectors() throws IOException {
        try (var in = IdentityFileTest.class.getResourceAsStream("private-keys.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), US_ASCII);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(" ")));
        }
    }

    private void write(Bytes content) throws IOException {
        Files.createDirectories(folder.resolve("p2p"));
        Files.createFile(
                file(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file(), content.toArray());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void keysOfEveryTypeThatOthersMadeAreRead(List<String> vector) throws IOException {
        write(Bytes.fromHex(vector.get(1)));
        PrivateKey key = new IdentityFile(file()).openOrCreate(NONE);
        assertThat(key.publicKey()).isEqualTo(PublicKey.decode(Bytes.fromHex(vector.get(2))));
        assertThat(key.publicKey().type()).isEqualTo(KeyType.valueOf(vector.getFirst()));
        Bytes message = Bytes.utf8("message");
        assertThat(key.publicKey().verify(message, key.sign(message))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void keysThatWereDamagedAreRefused(List<String> vector) {
        byte[] whole = Bytes.fromHex(vector.get(1)).toArray();
        for (int at = 0; at < Math.min(whole.length, 200); at += 7) {
            Bytes part = Bytes.of(whole).slice(0, at);
            assertThatThrownBy(() -> PrivateKey.decode(part))
                    .isInstanceOf(InvalidKeyException.class);
        }
        String type = vector.get(1).substring(0, 4);
        for (String data : List.of("1200", "120100", "12020500", "1220" + "ff".repeat(32))) {
            assertThatThrownBy(() -> PrivateKey.decode(Bytes.fromHex(type + data)))
                    .isInstanceOf(InvalidKeyException.class);
        }
    }
}
