package io.ggen.marketplace.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.model.PackageId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

final class SimilarNamesTest {
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
    })
    void typosquatsAndHomoglyphsAreNoticed(String id, String known) {
        assertThat(similar(id, known)).containsExactly(new PackageId(known));
        assertThat(similar(known, id)).containsExactly(new PackageId(id));
    }

    @ParameterizedTest
    @CsvSource({"lodash, lodash", "a, b", "abc, abd", "react, redux", "acme/ui, other/ui"})
    void otherNamesAreLeftAlone(String id, String known) {
        assertThat(similar(id, known)).isEmpty();
    }

    @Test
    void namesFiveAtMost() {
        List<PackageId> known =
                "abcdefgh".chars().mapToObj(c -> new PackageId("lodas" + (char) c)).toList();
        assertThat(SimilarNames.to(new PackageId("lodash"), known)).hasSize(5);
    }

    private static List<PackageId> similar(String id, String known) {
        return SimilarNames.to(new PackageId(id), List.of(new PackageId(known)));
    }
}
