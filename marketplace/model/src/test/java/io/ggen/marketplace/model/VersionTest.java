package io.ggen.marketplace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.random.RandomGenerator;

final class VersionTest {
    private static final String IDENTIFIERS = "abzAZ019-";

    private static Version random(RandomGenerator random) {
        var text = new StringBuilder();
        text.append(random.nextInt(3)).append('.').append(random.nextInt(3)).append('.');
        text.append(random.nextInt(3));
        for (int i = random.nextInt(3), first = i; i > 0; i--) {
            text.append(i == first ? '-' : '.').append(identifier(random));
        }
        return Version.parse(text.toString());
    }

    private static String identifier(RandomGenerator random) {
        if (random.nextBoolean()) {
            return Integer.toString(random.nextInt(12));
        }
        var text = new StringBuilder("x");
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(IDENTIFIERS.charAt(random.nextInt(IDENTIFIERS.length())));
        }
        return text.toString();
    }

    private static final Gen<List<Version>> THREE =
            random -> List.of(random(random), random(random), random(random));

    @Test
    void isOrderedTotally() {
        Property.forAll(
                THREE,
                2_000,
                v -> {
                    Version a = v.get(0);
                    Version b = v.get(1);
                    Version c = v.get(2);
                    assertThat(Integer.signum(a.compareTo(b)))
                            .isEqualTo(-Integer.signum(b.compareTo(a)));
                    assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
                    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
                        assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
                    }
                });
    }

    @Test
    void readsWhatItWrites() {
        Property.forAll(
                THREE,
                v ->
                        assertThat(v)
                                .allSatisfy(one ->
                                        assertThat(Version.parse(one.toString())).isEqualTo(one)));
    }

    @Test
    void putsEveryPreReleaseBelowItsRelease() {
        Property.forAll(
                THREE,
                v -> {
                    Version one = v.getFirst();
                    Version release = Version.of(one.major(), one.minor(), one.patch());
                    assertThat(one.isPreRelease()).isEqualTo(one.compareTo(release) < 0);
                });
    }

    @Test
    void rangesAgreeWithTheOrder() {
        Property.forAll(
                THREE,
                v -> {
                    Version bound = v.getFirst();
                    Version release =
                            Version.of(v.get(1).major(), v.get(1).minor(), v.get(1).patch());
                    assertThat(VersionRange.parse(">=" + bound).contains(release))
                            .isEqualTo(release.compareTo(bound) >= 0);
                    assertThat(VersionRange.parse("<" + bound).contains(release))
                            .isEqualTo(release.compareTo(bound) < 0);
                    assertThat(VersionRange.exact(bound).contains(bound)).isTrue();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.4",
                "1.1.2-prerelease+meta",
                "1.0.0-alpha.beta.1",
                "1.0.0-a.1a",
                "1.0.0-0A.is.legal",
                "1.0.0-alpha0.valid",
                "1.2.3----RC-SNAPSHOT.12.9.1--.12+788",
                "1.0.0+0.build.1-rc.10000aaa-kk-0.1",
                "9007199254740991.0.0",
                "1.0.0-99999999999999999999999.x",
            })
    void readsWhatSemverAllows(String text) {
        assertThat(Version.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2",
                "1.2.3-0123",
                "1.2.3-0123.0123",
                "1.1.2+.123",
                "+invalid",
                "1.0.0-alpha..1",
                "01.1.1",
                "1.01.1",
                "1.1.01",
                "1.2.3.DEV",
                "v1.2.3",
                " 1.2.3",
                "1.2.3 ",
                "1.2.3\n",
                "-1.0.3",
                "1.2.3+a+b",
                "9007199254740992.0.0",
                "1.2.3-é",
                "１.2.3",
                "1.2.3-\u001b[31m",
            })
    void refusesWhatItDoesNot(String text) {
        assertThatThrownBy(() -> Version.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Timeout(5)
    void refusesLongTextsAtOnce() {
        for (String hostile :
                List.of(
                        "1.0.0-" + "0".repeat(1_000_000),
                        "1.0.0-" + "a.".repeat(500_000),
                        "1".repeat(1_000_000) + ".0.0",
                        "1.0.0-" + "a".repeat(247) + "!",
                        ">=" + " ".repeat(1_000_000) + "1",
                        "1 ".repeat(127) + "!",
                        "x.".repeat(500_000),
                        "||".repeat(500_000))) {
            assertThatThrownBy(() -> Version.parse(hostile))
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(
                            e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(400));
            assertThatThrownBy(() -> VersionRange.parse(hostile))
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(
                            e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(800));
            assertThatThrownBy(() -> new PackageId(hostile))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Did(hostile)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
