package io.ggen.marketplace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

final class RecordCodecTest {
    private static final String RELEASE = Example.resource("release.json").strip();
    private static final String YANK = Example.resource("yank.json").strip();

    @Test
    void writesAReleaseAsTheGoldenFile() {
        assertThat(ReleaseCodec.encode(Example.release()).utf8()).isEqualTo(RELEASE);
    }

    @Test
    void readsAReleaseBack() {
        assertThat(ReleaseCodec.decode(Bytes.utf8(RELEASE))).isEqualTo(Example.release());
    }

    @Test
    void writesAYankAsTheGoldenFile() {
        assertThat(YankCodec.encode(Example.yank()).utf8()).isEqualTo(YANK);
    }

    @Test
    void readsAYankBack() {
        assertThat(YankCodec.decode(Bytes.utf8(YANK))).isEqualTo(Example.yank());
    }

    @Test
    void leavesOutWhatIsAbsent() {
        Release first = Example.release(Example.origin(1), Example.content("a"));
        assertThat(ReleaseCodec.encode(first).utf8())
                .doesNotContain("previous", "homepage", "null");
    }

    @Test
    void ignoresMembersItDoesNotKnow() {
        String later =
                RELEASE.replace("\"schema\":1", "\"schema\":1,\"mood\":null,\"x\":{\"y\":1.5}");
        assertThat(ReleaseCodec.decode(Bytes.utf8(later))).isEqualTo(Example.release());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"schema\":1|\"schema\":2|schema",
                "\"schema\":1|\"schema\":1,\"schema\":1|twice",
                "\"schema\":1|\"schema\":1,\"x\":{\"y\":1,\"y\":2}|twice",
                "\"schema\":1|\"schema\":1.0|schema",
                "\"schema\":1|\"schema\":\"1\"|schema",
                "\"sequence\":7|\"sequence\":9007199254740992|sequence",
                "\"sequence\":7|\"sequence\":-7|sequence",
                "\"sequence\":7|\"sequence\":7e0|sequence",
                "\"sequence\":7|\"sequence\":1|sequence",
                "\"title\":\"|\"title\":null,\"t\":\"|title",
                "\"title\":\"|\"title\":[\"a\"],\"t\":\"|title",
                "\"title\":\"|\"title\":\"\\ud800|surrogate",
                "acme/ui|acme/../ui|package id",
                "acme/ui|acme/UI|package id",
                "\"version\":\"1.2.0|\"version\":\"1.2|version",
                "03:04:05Z|03:04:05.5Z|time",
                "03:04:05Z|03:04:05+00:00|time",
                "01-02T|02-30T|time",
                "2026-01-02T|1926-01-02T|1970",
                "\"web\"|\"Web\"|category",
                "\"css\"|\"-css\"|tag",
                "\"range\":\"^1.0.0\"|\"range\":\"latest\"|range",
                "\"optional\":false|\"optional\":0|optional",
                "\"sizeBytes\":123|\"sizeBytes\":-1|size",
                "\"files\":4|\"files\":4000000000|size",
                "\"cid\":\"bafy|\"cid\":\"Bafy|",
                "\"bin/x\"|\"bin/x\",\"bin/a\"|sorted",
                "\"bin/x\"|\"bin/x\",\"bin/x\"|once",
                "\"content\":{|\"contents\":{|content is missing",
            })
    void refusesAnAlteredRelease(String what, String by, String reason) {
        assertThat(RELEASE).contains(what);
        Bytes altered = Bytes.utf8(RELEASE.replace(what, by));
        assertThatThrownBy(() -> ReleaseCodec.decode(altered))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason == null ? "" : reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{}x", "{}{}", "\ufeff{}", "1", "\"a\""})
    void refusesWhatIsNoJsonObject(String text) {
        assertThatThrownBy(() -> ReleaseCodec.decode(Bytes.utf8(text)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesMalformedUtf8() {
        Bytes altered = Bytes.utf8(RELEASE).concat(Bytes.of((byte) 0xc0, (byte) 0x80));
        assertThatThrownBy(() -> ReleaseCodec.decode(altered)).hasMessageContaining("UTF-8");
    }

    @Test
    void refusesDeepNesting() {
        Bytes deep = Bytes.utf8("{\"x\":" + "[".repeat(4000) + "]".repeat(4000) + "}");
        assertThatThrownBy(() -> ReleaseCodec.decode(deep))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAPayloadOverTheLimit() {
        String padded = RELEASE.replace("{\"schema\"", "{" + " ".repeat(8 * 1024) + "\"schema\"");
        assertThatThrownBy(() -> ReleaseCodec.decode(Bytes.utf8(padded)))
                .hasMessageContaining("8192");
    }

    @Test
    void saysHowToShortenARecordThatIsTooLong() {
        Release plain = Example.release();
        About about = plain.about();
        Release wordy =
                new Release(
                        plain.origin(),
                        plain.id(),
                        plain.version(),
                        plain.publishedAt(),
                        new About(
                                about.title(),
                                "d".repeat(4096),
                                about.license(),
                                List.of("a".repeat(4096)),
                                List.of(),
                                List.of(),
                                List.of(),
                                "",
                                ""),
                        plain.dependencies(),
                        plain.content());
        assertThatThrownBy(() -> ReleaseCodec.encode(wordy))
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION);
                            assertThat(e.hint()).contains("shorten");
                        });
    }

    @Test
    void signsNoDependencyWithoutPublisher() {
        Release plain = Example.release();
        Release open =
                new Release(
                        plain.origin(),
                        plain.id(),
                        plain.version(),
                        plain.publishedAt(),
                        plain.about(),
                        List.of(
                                new Dependency(
                                        new PackageId("leaf"),
                                        VersionRange.any(),
                                        Optional.empty(),
                                        false)),
                        plain.content());
        assertThatThrownBy(() -> ReleaseCodec.encode(open)).hasMessageContaining("publisher");
    }
}
