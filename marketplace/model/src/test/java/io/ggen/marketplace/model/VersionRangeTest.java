package io.ggen.marketplace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionRangeTest {
    @ParameterizedTest
    @CsvSource({
        "^1.2.3, 1.9.0, true",
        "^1.2.3, 2.0.0-alpha, false",
        "^0.2.3, 0.3.0, false",
        "^0.0.3, 0.0.4, false",
        "^0.0, 0.0.9, true",
        "^0, 0.9.9, true",
        "~1.2.3, 1.2.9, true",
        "~1, 1.9.9, true",
        "~1.2, 1.3.0, false",
        "1.2.3, 1.2.3, true",
        "1.2.3, 1.2.4, false",
        "1.2, 1.2.7, true",
        "1.x, 1.7.0, true",
        "*, 1.0.0-rc.1, false",
        ">1.2, 1.2.9, false",
        ">1.2, 1.3.0, true",
        "<=1.2, 1.2.9, true",
        "<1.2, 1.2.0-alpha, false",
        "1.2.3 - 2.3, 2.3.9, true",
        "1.2.3 - 2.3.4, 2.3.5, false",
        ">=1.0.0-rc.1 <2, 1.0.0-rc.2, true",
        ">=1.0.0-rc.1 <2, 1.1.0-rc.2, false",
        "^1.2.3-beta.2, 1.2.3-beta.4, true",
        "1.0.0 || >=3 <4, 3.5.0, true",
        "<*, 0.0.0, false",
        "=1.2.3, 1.2.3, true",
        ">= 1.2.3, 1.2.3, true"
    })
    void containsWhatNodeSemverContains(String range, String version, boolean expected) {
        assertThat(VersionRange.parse(range).contains(Version.parse(version))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "||",
                "1.2.3 ||",
                "^",
                "1.x.3",
                "01.2.3",
                "latest",
                "^1.2.3.4",
                "> >1",
                "1.2.3-"
            })
    void refusesWhatIsNoRange(String range) {
        assertThatThrownBy(() -> VersionRange.parse(range))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
