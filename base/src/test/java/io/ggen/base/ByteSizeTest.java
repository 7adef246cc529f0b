package io.ggen.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "7B, 7",
        "5 MB, 5000000",
        "10GiB, 10737418240",
        "1TiB, 1099511627776"
    })
    void readsUnitsOf1000And1024(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "GiB", "1.5GiB", "1 XB", "999999999999999999TiB"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1536, 1.5 KiB", "10737418240, 10.0 GiB"})
    void showsPeopleAShortText(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }
}
