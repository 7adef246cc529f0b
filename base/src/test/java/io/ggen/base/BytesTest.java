package io.ggen.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.ReadOnlyBufferException;

final class BytesTest {
    @Test
    void aCopyDoesNotFollowItsSource() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.of(source);
        source[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes.hex()).isEqualTo("010203");
        assertThatThrownBy(() -> bytes.buffer().put((byte) 1))
                .isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void ordersAsUnsignedBytes() {
        assertThat(Bytes.fromHex("7f")).isLessThan(Bytes.fromHex("80"));
        assertThat(Bytes.fromHex("01")).isLessThan(Bytes.fromHex("0100"));
        assertThat(Bytes.fromHex("0102").concat(Bytes.fromHex("03")))
                .isEqualTo(Bytes.fromHex("010203"));
        assertThat(Bytes.fromHex("010203").slice(1, 2)).isEqualTo(Bytes.fromHex("02"));
    }

    @Test
    void refusesWhatIsNotHexadecimal() {
        assertThatThrownBy(() -> Bytes.fromHex("0g")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sha256.fromHex("AB".repeat(32)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Sha256.of(Bytes.empty()).hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
