package io.ggen.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                ".hidden",
                "a/b/c.txt",
                "a b",
                "été/漢字",
                "console.txt",
                "com10",
                "a..b",
                "-",
                "👩\u200D🚀.txt"
            })
    void takesPlainNames(String path) {
        assertThat(PathRules.fault(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a",
                "//",
                "a/",
                "a//b",
                ".",
                "..",
                "../a",
                "a/../b",
                "a/./b",
                "a\\b",
                "C:/a",
                "c:a",
                "a\0b",
                "a\nb",
                "a\u001b[31m",
                "a\u007f",
                "a\u202Eb",
                "a\u200Fb",
                "a\u200Bb",
                "a\uFEFF",
                "e\u0301",
                "a\uD800",
                "\uDC00a",
                "a\uFFFF",
                "nul",
                "CON",
                "a/Aux.txt",
                "com1.log",
                "LPT9",
                "com¹",
                "nul .txt",
                "a.",
                "a ",
                "a./b",
                "a|b",
                "a?",
                "a*",
                "a\"b",
                "a<b",
                "a>b"
            })
    void refusesNamesThatCouldLeaveTheFolderOrThatSomeSystemCannotHold(String path) {
        assertThat(PathRules.fault(path)).isPresent();
    }

    @Test
    void boundsSegmentsDepthAndLength() {
        assertThat(PathRules.fault("é".repeat(127) + "a")).isEmpty();
        assertThat(PathRules.fault("é".repeat(128))).isPresent();
        assertThat(PathRules.fault("a/".repeat(63) + "a")).isEmpty();
        assertThat(PathRules.fault("a/".repeat(64) + "a")).isPresent();
        String long255 = "x".repeat(255);
        assertThat(PathRules.fault(String.join("/", long255, long255, long255, long255))).isEmpty();
        assertThat(PathRules.fault(String.join("/", long255, long255, long255, long255, "y")))
                .isPresent();
    }

    @Test
    void foldsNamesThatOneFileSystemTakesForAnother() {
        assertThat(PathRules.collisionKey("README.md"))
                .isEqualTo(PathRules.collisionKey("readme.MD"));
        assertThat(PathRules.collisionKey("É")).isEqualTo(PathRules.collisionKey("é"));
        assertThat(PathRules.collisionKey("straße")).isEqualTo(PathRules.collisionKey("STRASSE"));
        assertThat(PathRules.collisionKey("a")).isNotEqualTo(PathRules.collisionKey("b"));
    }

    @Test
    void showsHostileNamesHarmlessly() {
        assertThat(PathRules.shown("a\u001b[31m\u202E" + "x".repeat(500)))
                .doesNotContain("\u001b", "\u202E")
                .hasSizeLessThan(130);
    }
}
