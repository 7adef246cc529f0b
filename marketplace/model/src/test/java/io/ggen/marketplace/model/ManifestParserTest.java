package io.ggen.marketplace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

final class ManifestParserTest {
    private static final String SMALLEST = "[package]\nname = \"leaf\"\nversion = \"1.0.0\"\n";

    @Test
    void readsTheSmallestManifest() {
        Manifest manifest = sound(SMALLEST).manifest();
        assertThat(manifest.id()).isEqualTo(new PackageId("leaf"));
        assertThat(manifest.version()).isEqualTo(Version.of(1, 0, 0));
        assertThat(manifest.dependencies()).isEmpty();
    }

    @Test
    void readsDependenciesWithRangeAndPublisher() {
        Manifest manifest =
                sound(
                                SMALLEST
                                        + "[dependencies]\n"
                                        + "\"acme/ui\" = { version = \"~2.1\", publisher = \"self\" }\n"
                                        + "base = \"^1.0.0\"\n"
                                        + "[optional-dependencies]\n"
                                        + "extra = { version = \"*\", publisher = \"alice\" }\n")
                        .manifest();
        assertThat(manifest.dependencies())
                .containsExactly(
                        required("acme/ui", "~2.1", new PublisherRef.Self()),
                        required("base", "^1.0.0", new PublisherRef.Unnamed()),
                        new Requirement(
                                new PackageId("extra"),
                                VersionRange.any(),
                                new PublisherRef.Petname("alice"),
                                true));
    }

    private static Requirement required(String id, String range, PublisherRef publisher) {
        return new Requirement(new PackageId(id), VersionRange.parse(range), publisher, false);
    }

    @Test
    void readsGpackOfGgen() {
        Manifest manifest =
                sound(
                                """
                                [gpack]
                                id = "io.ggen.rust.cli"
                                name = "Rust CLI"
                                version = "0.1.0"
                                description = "Clap subcommands"
                                ggen_compat = ">=0.1 <0.2"

                                [dependencies]
                                "io.ggen.macros.std" = "^0.1"

                                [templates]
                                patterns = ["a"]
                                """)
                        .manifest();
        assertThat(manifest.id().text()).isEqualTo("io.ggen.rust.cli");
        assertThat(manifest.about().title()).isEqualTo("Rust CLI");
        assertThat(manifest.dependencies()).hasSize(1);
    }

    @Test
    void readsPackOfGgenWithItsPackages() {
        Manifest manifest =
                sound(
                                """
                                [pack]
                                id = "startup"
                                name = "Startup Essentials"
                                version = "1.0.0"
                                category = "startup"
                                author = "ggen-team"
                                packages = ["cli-template", "rest-template"]
                                """)
                        .manifest();
        assertThat(manifest.about().categories()).containsExactly("startup");
        assertThat(manifest.about().authors()).containsExactly("ggen-team");
        assertThat(manifest.dependencies())
                .extracting(r -> r.id() + " " + r.range())
                .containsExactly("cli-template *", "rest-template *");
    }

    @Test
    void findsAllFaultsAtOnceWithTheirPlaces() {
        assertThat(
                        faults(
                                """
                                [package]
                                name = "My Package"
                                version = "1.0"
                                tags = ["Web"]
                                keywords = ["a", 3]
                                license = 7

                                [dependencies]
                                leaf = "latest"
                                "../up" = "*"
                                base = { versoin = "^1" }
                                """))
                .extracting(f -> f.line() + ":" + f.column() + " " + f.hint())
                .containsExactly(
                        "2:1 write name = \"my-package\" and title = \"…\" for people",
                        "3:1 write three numbers such as \"1.0.0\"",
                        "4:1 write \"web\"",
                        "5:18 write keywords = [\"…\", \"…\"]",
                        "6:1 write it as a text: \"…\"",
                        "9:1 write a range such as \"^1.2.0\", \"~1.2\" or \">=1 <3\"",
                        "10:1 name the package as `ggen marketplace search` prints it",
                        "11:1 add version = \"^1.0.0\", or \"*\" for any",
                        "11:10 did you mean version?");
    }

    @Test
    void putsAllFaultsIntoOneError() {
        assertThatThrownBy(() ->
                        ManifestParser.require(
                                "p/package.toml", Bytes.utf8("[package]\nname=\"a\"\n")))
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION);
                            assertThat(e).hasMessageContaining("p/package.toml:1:1: ");
                            assertThat(e.hint()).contains("version = \"1.0.0\"");
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name = \"leaf\"|name = \"../leaf\"|package id",
                "name = \"leaf\"|name = \"con\"|reserved",
                "name = \"leaf\"|name = \"index.json\"|reserved",
                "name = \"leaf\"|name = \"lеaf\"|package id",
                "name = \"leaf\"|name = \"leaf\\u001b[31m\"|control character",
                "name = \"leaf\"|title = \"leaf\"|no name",
                "version = \"1.0.0\"|title = \"1.0.0\"|no version",
                "version = \"1.0.0\"|version = \"1.0.0+build\"|build metadata",
                "version = \"1.0.0\"|version = 1.0|version",
                "[package]|[packages]|no [package]",
                "[package]|[[package]]|no [package]",
                "[package]|[package|no TOML",
                "[package]|name = 1\\n[package]\\nname = \"x\"|no TOML",
            })
    void refuses(String what, String by, String reason) {
        assertThat(faults(SMALLEST.replace(what, by.replace("\\n", "\n"))))
                .anySatisfy(fault -> assertThat(fault.reason()).contains(reason));
    }

    @Test
    void refusesADescriptionOverFourKibibytesOfUtf8() {
        String long1 = SMALLEST + "description = \"" + "ü".repeat(2049) + "\"\n";
        assertThat(faults(long1)).singleElement().extracting(Fault::line).isEqualTo(4);
        assertThat(sound(SMALLEST + "description = \"" + "ü".repeat(2048) + "\"\n")).isNotNull();
    }

    @Test
    void refusesADependencyNamedTwiceAndOnItself() {
        String text =
                SMALLEST
                        + "[dependencies]\nleaf = \"*\"\na = \"*\"\n"
                        + "[optional-dependencies]\na = \"*\"\n";
        assertThat(faults(text)).extracting(Fault::line).containsExactly(5, 8);
    }

    @Test
    void refusesMoreThan64Dependencies() {
        var text = new StringBuilder(SMALLEST).append("[dependencies]\n");
        for (int i = 0; i < 65; i++) {
            text.append("d").append(i).append(" = \"*\"\n");
        }
        assertThat(faults(text.toString())).singleElement().asString().contains("64 are the most");
    }

    @Test
    void warnsOfAKeyThatIsNearlyOneOfOurs() {
        assertThat(sound(SMALLEST + "licence = \"MIT\"\nmaturity = 90\n").warnings())
                .singleElement()
                .extracting(Fault::hint)
                .isEqualTo("did you mean license?");
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        Bytes latin = Bytes.utf8(SMALLEST).concat(Bytes.of((byte) '#', (byte) 0xfc));
        assertThat(ManifestParser.parse("package.toml", latin))
                .isInstanceOf(ManifestReading.Faulty.class);
    }

    @Test
    @Timeout(20)
    void refusesHostileShapesQuickly() {
        for (String hostile :
                List.of(
                        "x = " + "[".repeat(100_000),
                        "x = " + "{a=".repeat(50_000),
                        "a." + "a.".repeat(30_000) + "a = 1",
                        "\"" + "\\".repeat(100_000),
                        "x = \"\"\"" + "\"".repeat(100_000),
                        "[".repeat(100_000),
                        "x".repeat(TomlDocument.MAX_LENGTH + 1))) {
            assertThat(ManifestParser.parse("package.toml", hostile))
                    .isInstanceOf(ManifestReading.Faulty.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package = 1",
                "package.name.x = 1",
                "[package]\nname.x = 1\nversion = []",
                "[package]\nname = \"a\"\nversion = \"1.0.0\"\ndependencies = []\n[dependencies]\nb.c.d = 1",
                "dependencies = 3\n[package]\nname = \"a\"\nversion = \"1.0.0\"",
                "[package]\ntags = [[\"a\"]]\n[package.authors]\nx = 1",
            })
    void neverThrows(String text) {
        assertThat(ManifestParser.parse("package.toml", text))
                .isInstanceOf(ManifestReading.Faulty.class);
    }

    private static ManifestReading.Sound sound(String text) {
        ManifestReading reading = ManifestParser.parse("package.toml", text);
        assertThat(reading).isInstanceOf(ManifestReading.Sound.class);
        return (ManifestReading.Sound) reading;
    }

    private static List<Fault> faults(String text) {
        ManifestReading reading = ManifestParser.parse("package.toml", text);
        assertThat(reading).isInstanceOf(ManifestReading.Faulty.class);
        return ((ManifestReading.Faulty) reading).faults();
    }
}
