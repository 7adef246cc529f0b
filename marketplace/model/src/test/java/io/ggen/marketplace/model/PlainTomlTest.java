package io.ggen.marketplace.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** The short way reads as the full parser does, or not at all. */
final class PlainTomlTest {
    private static final String PLAIN =
            """
            # a comment, naïve
            top = 12
            [package]
            name = "leaf" # why
            'version'\t=\t'1.0.0'\r
            tags = [ "a", 'b', # more
              "c",
            ]
            deep = [[1, 2], [], ["é"]]
            flag = true
            [dependencies]
            "acme/ui" = { version = "~2.1", publisher = "self" }
            none = {}
            [a.b]
            c = 0
            """;

    @Test
    void readsWhatPeopleWrite() {
        for (String text : List.of(PLAIN, "", "a = 1", "\n\n", "[a]\r\n")) {
            assertThat(PlainToml.read(text)).isPresent().isEqualTo(TomlDocument.fully(text));
        }
    }

    @Test
    void agreesAfterAnyDamage() {
        for (char damage : "\"'=[]{}#\\\n\r.,x0".toCharArray()) {
            for (int at = 0; at < PLAIN.length(); at++) {
                agree(PLAIN.substring(0, at) + damage + PLAIN.substring(at));
                agree(PLAIN.substring(0, at) + damage + PLAIN.substring(at + 1));
            }
        }
    }

    @Test
    void agreesOnAnyText() {
        Property.forAll(Gen.strings("ab=\"' []{},#.\n\t01_-\r", 0, 30), 3000, PlainTomlTest::agree);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 1\na = 2",
                "[a]\n[a]",
                "[a.b]\n[a]",
                "[a]\n[a.b]\nc=1",
                "a = {b = 1}\n[a.c]",
                "a = {b = 1,}",
                "a = 01",
                "a = 1.5",
                "a = 1979-05-27",
                "a = \"\"\"x\"\"\"",
                "a = '''x'''",
                "a.b = 1",
                "[[a]]",
                "\"\" = 1",
                "a = [1, \"x\"]",
                "a = -1",
                "a = 99999999999999999999",
                "a = \"x\" b = 2",
                "a = \"\u007f\"",
                "a = \"\ud83d\ude00\"",
                "a = \"\"x"
            })
    void agreesOnTheCorners(String text) {
        agree(text);
    }

    private static void agree(String text) {
        PlainToml.read(text)
                .ifPresent(
                        it -> assertThat(TomlDocument.fully(text)).as("<%s>", text).contains(it));
    }
}
