package io.ggen.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

final class VarintTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7f",
        "128, 8001",
        "255, ff01",
        "300, ac02",
        "16384, 808001",
        "9223372036854775807, ffffffffffffffff7f"
    })
    void encodesAsTheSpecification(long value, String hex) {
        assertThat(Varint.encode(value)).isEqualTo(Bytes.fromHex(hex));
        assertThat(Varint.read(Bytes.fromHex(hex), 0))
                .isEqualTo(new Varint.Decoded(value, hex.length() / 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "80", "8000", "ff80", "ffffffffffffffffff01", "80808080808080808000"})
    void refusesCutLongAndPaddedForms(String hex) {
        assertThatThrownBy(() -> Varint.read(Bytes.fromHex(hex), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyValueComesBack() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            long value = random.nextLong() >>> (1 + random.nextInt(63));
            assertThat(Varint.read(Varint.encode(value), 0).value())
                    .as("seed %d", seed)
                    .isEqualTo(value);
        }
    }
}
