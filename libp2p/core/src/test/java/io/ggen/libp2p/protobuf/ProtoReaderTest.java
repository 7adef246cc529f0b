package io.ggen.libp2p.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

final class ProtoReaderTest {
    @Test
    void readsWhatWasWrittenAndSkipsTheRest() {
        Bytes message =
                new ProtoWriter()
                        .uint64(1, -1)
                        .text(2, "text")
                        .bool(3, true)
                        .bytes(15, Bytes.fromHex("00ff"))
                        .toBytes();
        var reader = new ProtoReader(message);
        assertThat(reader.next()).isTrue();
        assertThat(reader.uint64()).isEqualTo(-1);
        assertThat(reader.saturatedInt()).isEqualTo(Integer.MAX_VALUE);
        assertThat(reader.next() && reader.text(4).equals("text")).isTrue();
        assertThat(reader.next() && reader.bool()).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.field()).isEqualTo(15);
        assertThat(reader.raw()).isEqualTo(Bytes.fromHex("7a0200ff"));
        assertThatThrownBy(() -> reader.bytes(1)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(reader::uint64).isInstanceOf(MalformedMessageException.class);
        assertThat(reader.next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08",
                "0b0c",
                "0c",
                "0f",
                "00",
                "0880808080808080808080",
                "08ffffffffffffffffffff01",
                "0a05aabb",
                "0affffffffffffffffff01",
                "0d0000",
                "0900000000",
                "ffffffffffffffffff01"
            })
    void refusesGroupsLongNumbersAndLengthsPastTheEnd(String hex) {
        assertThatThrownBy(
                        () -> {
                            var reader = new ProtoReader(Bytes.fromHex(hex));
                            while (reader.next()) {
                                assertThat(reader.field()).isPositive();
                            }
                        })
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void randomBytesNeverThrowAnythingElse() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            var reader = new ProtoReader(Bytes.wrap(bytes));
            try {
                while (reader.next()) {
                    assertThat(reader.field()).as("seed %d", seed).isPositive();
                }
            } catch (MalformedMessageException e) {
                assertThat(e).as("seed %d", seed).hasMessageMatching("(?s).+");
            }
        }
    }
}
