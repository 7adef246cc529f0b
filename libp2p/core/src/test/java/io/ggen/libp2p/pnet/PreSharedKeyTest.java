package io.ggen.libp2p.pnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

final class PreSharedKeyTest {
    private static final String HEX =
            "6189c5cf0b87fb800c1a9feeda73c6ab5e998db48fb9e6a978575c770ceef683";
    private static final PreSharedKey KEY = new PreSharedKey(Bytes.fromHex(HEX));
    private static final Bytes HEADER = Bytes.utf8("/key/swarm/psk/1.0.0/\n");

    private static PreSharedKey parse(String rest) {
        return PreSharedKey.parse(HEADER.concat(Bytes.utf8(rest)));
    }

    @Test
    void readsAllThreeEncodings() {
        assertThat(parse("/base16/\n" + HEX)).isEqualTo(KEY);
        assertThat(parse("/base16/\n" + HEX.toUpperCase(java.util.Locale.ROOT) + "\r\n"))
                .isEqualTo(KEY);
        assertThat(parse("/base64/\nYYnFzwuH+4AMGp/u2nPGq16ZjbSPueapeFdcdwzu9oM=\n"))
                .isEqualTo(KEY);
        assertThat(
                        PreSharedKey.parse(
                                HEADER.concat(Bytes.utf8("/bin/\n")).concat(Bytes.fromHex(HEX))))
                .isEqualTo(KEY);
        assertThat(PreSharedKey.parse(Bytes.utf8(KEY.text()))).isEqualTo(KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "/base16/",
                "/base16/\n",
                "/base16/\n00",
                "/base16/\n" + HEX + "00",
                "/base16/\nzz",
                "/base64/\n????",
                "/bin/\nshort",
                "/base32/\n" + HEX
            })
    void refusesEverythingElse(String rest) {
        assertThatThrownBy(() -> parse(rest)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PreSharedKey.parse(Bytes.utf8(rest)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileThatCannotBeReadIsNoOpenNetwork(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("swarm.key");
        assertThatThrownBy(() -> PreSharedKey.read(file))
                .isInstanceOfSatisfying(
                        Libp2pException.class, e -> assertThat(e.code()).isEqualTo(Code.IO))
                .hasMessageContaining("swarm.key");
        Files.writeString(file, "/key/swarm/psk/1.0.0/\n/base16/\n1234\n");
        assertThatThrownBy(() -> PreSharedKey.read(file))
                .isInstanceOfSatisfying(
                        Libp2pException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.INVALID_KEY))
                .hasMessageContaining("32 bytes, not 2")
                .message()
                .doesNotContain("1234");
        Files.writeString(file, KEY.text());
        assertThat(PreSharedKey.read(file)).isEqualTo(KEY);
    }

    @Test
    void isNamedAsOthersNameIt() {
        assertThat(KEY.fingerprint().hex()).isEqualTo("45fc986bbc9388a11d939df26f730f0c");
        assertThat(KEY.toString()).doesNotContain(HEX.substring(0, 8));
        assertThat(PreSharedKey.generate()).isNotEqualTo(PreSharedKey.generate());
    }

    /** The first key stream of the published tests of XSalsa20. */
    @Test
    void makesThePublishedKeyStream() {
        var stream =
                new XSalsa20(
                        Bytes.fromHex(
                                "1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389"),
                        Bytes.fromHex("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37"));
        byte[] zeros = new byte[32];
        stream.apply(zeros, 0, 7);
        stream.apply(zeros, 7, 25);
        assertThat(Bytes.wrap(zeros).hex())
                .isEqualTo("eea6a7251c1e72916d11c2cb214d3c252539121d8e234e652d651fa4c8cff880");
    }

    @Test
    void directAndHeapBuffersAreTreatedAlike() {
        Bytes nonce = Bytes.fromHex("07".repeat(24));
        ByteBuffer heap = ByteBuffer.allocate(20_000).position(20_000);
        ByteBuffer direct = ByteBuffer.allocateDirect(20_000).position(20_000);
        new XSalsa20(KEY.secret(), nonce).applyBefore(heap, 5);
        new XSalsa20(KEY.secret(), nonce).applyBefore(direct, 5);
        assertThat(direct.flip()).isEqualTo(heap.flip());
    }
}
