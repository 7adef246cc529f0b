package io.ggen.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

final class Sha256Test {
    @Test
    void hashesAsEveryoneDoes() {
        assertThat(Sha256.of(Bytes.utf8("abc")))
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Sha256.of(Bytes.empty()))
                .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void givesTheSameForLittleAndForMuchInAnyPieces() throws NoSuchAlgorithmException {
        MessageDigest plain = MessageDigest.getInstance("SHA-256");
        MessageDigest reused = Sha256.digest();
        Random random = new Random(1);
        for (int size : new int[] {0, 1, 63, 64, 65, 1000, 100_000, 300_000, 3, 1_000_000, 0}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            Bytes expected = Bytes.wrap(plain.digest(content));
            MessageDigest fresh = Sha256.digest();
            for (int at = 0; at < size; ) {
                int length = Math.min(size - at, 1 + random.nextInt(70_000));
                fresh.update(content, at, length);
                reused.update(ByteBuffer.wrap(content, at, length));
                at += length;
            }
            assertThat(Sha256.finish(fresh).bytes()).isEqualTo(expected);
            assertThat(Sha256.finish(reused).bytes()).isEqualTo(expected);
            assertThat(Sha256.of(Bytes.of(content)).bytes()).isEqualTo(expected);
        }
    }

    @Test
    void forgetsWhatIsReset() {
        MessageDigest digest = Sha256.digest();
        digest.update((byte) 1);
        digest.reset();
        digest.update("abc".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(Sha256.finish(digest)).isEqualTo(Sha256.of(Bytes.utf8("abc")));
    }

    @Test
    void readsLowerCaseHexadecimalAlone() {
        String text = Sha256.of(Bytes.empty()).hex();
        assertThat(Sha256.fromHex(text).hex()).isEqualTo(text);
        assertThatThrownBy(() -> Sha256.fromHex(text.toUpperCase(java.util.Locale.ROOT)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sha256.fromHex(text.substring(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
