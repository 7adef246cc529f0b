package io.ggen.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowTest {
    @Test
    void printsOneLineWithTheRivalBesideIt() {
        Row row =
                Row.of("F1", "cli --version", "s", Row.Better.LOWER, Samples.of(0.2, 0.21, 0.24))
                        .withRival("node -e 0", 0.22)
                        .judgeRatio(1.2);
        assertThat(row.json())
                .isEqualTo(
                        "{\"id\":\"F1\",\"what\":\"cli --version\",\"value\":0.21,\"unit\":\"s\","
                                + "\"better\":\"lower\",\"rival\":\"node -e 0\",\"rivalValue\":0.22,"
                                + "\"ratio\":0.9545,\"target\":\"ratio <= 1.2\",\"holds\":true,"
                                + "\"runs\":3,\"min\":0.2,\"max\":0.24}");
    }

    @Test
    void judgesAbsolutesWithoutARival() {
        Row row =
                Row.of("F3", "rate", "packages/s", Row.Better.HIGHER, Samples.of(90_000))
                        .judgeValue(100_000);
        assertThat(row.json())
                .contains("\"rival\":null,\"rivalValue\":null,\"ratio\":null")
                .contains("\"target\":\">= 100000 packages/s\",\"holds\":false");
    }

    @Test
    void saysWhereAFigureComesFromTheTable() {
        Row row =
                Row.of("F4", "x", "ms", Row.Better.LOWER, Samples.of(3, 5))
                        .withTableRival("pubgrub-rs", 8)
                        .judgeRatio(2);
        assertThat(row.json()).contains("\"value\":4,").contains("\"pubgrub-rs (table)\"");
    }

    @Test
    void numbersKeepFourDigits() {
        assertThat(Row.number(0.00012345)).isEqualTo("0.0001235");
        assertThat(Row.number(12345.67)).isEqualTo("12346");
        assertThat(Row.number(0.5)).isEqualTo("0.5");
        assertThat(Row.number(1234.0)).isEqualTo("1234");
        assertThat(Row.number(Double.NaN)).isEqualTo("null");
    }

    @Test
    void percentilesAreNearestRanks() {
        Samples samples = Samples.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(samples.percentile(99)).isEqualTo(10);
        assertThat(samples.percentile(50)).isEqualTo(5);
        assertThat(samples.median()).isEqualTo(5.5);
    }

    @Test
    void aDuelMeasuresBothInTurn() {
        StringBuilder order = new StringBuilder();
        Duel duel =
                Duel.alternate(
                        2,
                        () -> order.append('a').length(),
                        () -> Duel.seconds(() -> order.append('b')));
        assertThat(order).hasToString("ababab");
        assertThat(duel.ours().count()).isEqualTo(2);
        assertThat(duel.rival().max()).isNotNegative();
    }
}
