package io.ggen.marketplace.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.model.PackageId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SkeletonTest {
    @ParameterizedTest
    @CsvSource({
        "lodash, 1odash",
        "lodash, lodahs",
        "lodash, lodas",
        "lodash, lodashs",
        "lodash, lodesh",
        "left-pad, left_pad",
        "left-pad, leftpad",
        "modern, modem",
        "acme/ui-kit, acme/uikit",
        "b0ard, board",
        "part-1, part-l",
    })
    void typosquatsAndHomoglyphsAreNear(String id, String other) {
        assertThat(isNear(id, other)).isTrue();
        assertThat(isNear(other, id)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a, b",
        "abc, abd",
        "react, redux",
        "acme/ui, other/ui",
        "part-3, part-4",
        "part-1, part-2",
        "grpc-v1, grpc-v3"
    })
    void otherNamesAreLeftAlone(String id, String other) {
        assertThat(isNear(id, other)).isFalse();
        assertThat(isNear(other, id)).isFalse();
    }

    @Test
    void neighboursAreNamedOnceAndStayFew() {
        var near = Skeleton.of("observability-kit").neighbours();
        assertThat(near).hasSizeLessThan(64 * 17);
        assertThat(near.stream().distinct().count()).isGreaterThan(near.size() - 32);
    }

    private static boolean isNear(String id, String other) {
        var one = new PackageId(id);
        var two = new PackageId(other);
        return Skeleton.of(one).neighbours().contains(Skeleton.of(two))
                && !Skeleton.isSeries(one, two);
    }
}
