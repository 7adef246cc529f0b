package io.ggen.marketplace.core.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*.log, a.log, true",
        "*.log, x/y/a.log, true",
        "*.log, a.logs, false",
        "/a, a, true",
        "/a, x/a, false",
        "x/a, x/a, true",
        "x/a, y/x/a, false",
        "**/a, x/y/a, true",
        "**/a, a, true",
        "a/**, a/b/c, true",
        "a/**, a, false",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b, true",
        "a/**/b, a/x/y/c, false",
        "a/*/b, a/x/b, true",
        "a/*/b, a/x/y/b, false",
        "**/x/**/y, q/x/r/s/y, true",
        "?.c, a.c, true",
        "?.c, .c, false",
        "[a-c]1, b1, true",
        "[!a-c]1, b1, false",
        "[^a-c]1, d1, true",
        "[]a]1, ]1, true",
        "[a, [a, true",
        "\\!a, !a, true",
        "\\#a, #a, true",
        "a\\*, a*, true",
        "a\\*, ab, false",
        "*a*b*c*, xxaxxbxxcxx, true",
        "*a*b*c*, xxaxxcxxbxx, false",
        "**, a/b, true",
    })
    void matchesAsGitDoes(String pattern, String path, boolean matches) {
        assertThat(PathPattern.parse(pattern).orElseThrow().matches(path, false))
                .isEqualTo(matches);
    }

    @Test
    void aSlashAtTheEndMeansFoldersAlone() {
        PathPattern pattern = PathPattern.parse("build/").orElseThrow();
        assertThat(pattern.matches("a/build", true)).isTrue();
        assertThat(pattern.matches("a/build", false)).isFalse();
    }

    @Test
    void skipsCommentsAndBlankLinesAndSpacesAtTheEnd() {
        assertThat(PathPattern.parse("# a")).isEmpty();
        assertThat(PathPattern.parse("")).isEmpty();
        assertThat(PathPattern.parse("   ")).isEmpty();
        assertThat(PathPattern.parse("/")).isEmpty();
        assertThat(PathPattern.parse("a  \r").orElseThrow().matches("a", false)).isTrue();
        assertThat(PathPattern.parse("a\\ ").orElseThrow().matches("a ", false)).isTrue();
    }

    @Test
    void hostilePatternsCostLittle() {
        String stars = "*a".repeat(200);
        String folders = "**/a/".repeat(30) + "b";
        PathPattern.parse(stars).orElseThrow().matches("a".repeat(255), false);
        PathPattern.parse(folders).orElseThrow().matches("a/".repeat(63) + "a", false);
        Property.forAll(
                Gen.strings("a*?[]!-^/\\.", 0, 30),
                2000,
                text ->
                        PathPattern.parse(text)
                                .ifPresent(pattern -> pattern.matches("a/b-]/a[", false)));
    }
}
