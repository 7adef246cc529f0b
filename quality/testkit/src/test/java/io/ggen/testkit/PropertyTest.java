package io.ggen.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class PropertyTest {
    @Test
    void drawsTheSameValuesFromTheSameSeed() {
        assertThat(draw()).isEqualTo(draw()).hasSize(50);
    }

    private static List<String> draw() {
        List<String> drawn = new ArrayList<>();
        Gen<String> gen =
                Gen.zip(Gen.strings("ab", 0, 5), Gen.ints(-3, 3), (text, number) -> text + number);
        Property.forAll(gen, 50, drawn::add);
        return drawn;
    }

    @Test
    void namesSeedRoundAndValueOfAFailure() {
        assertThatThrownBy(
                        () -> Property.forAll(Gen.ints(7, 7), value -> assertThat(value).isZero()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("round 0 of seed " + Property.seed())
                .hasMessageContaining("value <7>");
    }

    @Test
    void generatorsStayInTheirBounds() {
        Property.forAll(Gen.ints(-2, 2), value -> assertThat(value).isBetween(-2, 2));
        Property.forAll(
                Gen.lists(Gen.of("x", "y"), 1, 3),
                list -> assertThat(list).hasSizeBetween(1, 3).isSubsetOf("x", "y"));
        Property.forAll(Gen.bytes(9), bytes -> assertThat(bytes.length()).isLessThan(10));
        Property.forAll(
                Gen.longs().filter(value -> value > 0).flatMap(high -> Gen.of(high, -high)),
                value -> assertThat(value).isNotZero());
    }
}
