package io.ggen.marketplace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;

import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

/** Held against jackson, which takes and refuses the same texts. */
final class JsonObjectTest {
    private static final JsonFactory JACKSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final String SAMPLE =
            "{\"a\":\"x\\n\\u00e9\\\"/\",\"b\":[1,-2.5e+3,0,{}],\r\n\t\"c\":{\"d\":true,\"e\":[]},"
                    + "\"f\":null,\"g\":\"\u20ac\"}";

    @Test
    void readsEveryKindOfValue() {
        JsonObject json = JsonObject.parse(SAMPLE);
        assertThat(json.names()).containsExactly("a", "b", "c", "f", "g");
        assertThat(json.text("a")).isEqualTo("x\n\u00e9\"/");
        assertThat(json.text("g")).isEqualTo("\u20ac");
        assertThat(JsonObject.parse("{\"a\":\"\ud83d\ude00\"}").text("a"))
                .isEqualTo("\ud83d\ude00");
        assertThat(json.object("c").orElseThrow().flag("d", false)).isTrue();
        assertThat(json.object("c").orElseThrow().texts("e")).isEmpty();
        assertThat(json.object("c").orElseThrow().line()).isEqualTo(2);
        assertThat(json.object("c").orElseThrow().column()).isEqualTo(6);
        assertThat(JsonObject.parse("{\"n\":9007199254740991}").integer("n"))
                .isEqualTo(JsonObject.MAX_INTEGER);
    }

    @Test
    void agreesAfterAnyDamage() {
        for (char damage : "\"\\{}[],:0-.eE+tn u\n\u0001".toCharArray()) {
            for (int at = 0; at < SAMPLE.length(); at++) {
                agree(SAMPLE.substring(0, at) + damage + SAMPLE.substring(at));
                agree(SAMPLE.substring(0, at) + damage + SAMPLE.substring(at + 1));
                agree(SAMPLE.substring(0, at));
            }
        }
    }

    @Test
    void agreesOnAnyText() {
        Property.forAll(
                Gen.strings("{}[]\":,01-.eE+ truefalsn\\u\n", 0, 12),
                20_000,
                text -> agree("{\"a\":" + text + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{\"a\":1}x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":1.}",
                "{\"a\":+1}",
                "{\"a\":NaN}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\":\"\t\"}",
                "{\"a\":tru}",
                "// c\n{}"
            })
    void refusesWhatIsNoJson(String text) {
        assertThatExceptionOfType(JsonFault.class).isThrownBy(() -> JsonObject.parse(text));
        agree(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\ud83d\"}",
                "{\"\\ude00\":1}",
                "{\"a\":\"\\ude00\\ud83d\"}",
                "{\"a\":\"\ud83d\"}"
            })
    void refusesHalfCharacters(String text) {
        assertThatExceptionOfType(JsonFault.class)
                .isThrownBy(() -> JsonObject.parse(text))
                .withMessageContaining("surrogate");
    }

    @Test
    void refusesWhatIsTooDeepOrTooLong() {
        assertThat(JsonObject.parse("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}").isList("a"))
                .isTrue();
        assertThatExceptionOfType(JsonFault.class)
                .isThrownBy(
                        () -> JsonObject.parse("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}"));
        assertThatExceptionOfType(JsonFault.class)
                .isThrownBy(() -> JsonObject.parse("{\"a\":" + "1".repeat(401) + "}"));
    }

    @Test
    void saysWhere() {
        assertThatExceptionOfType(JsonFault.class)
                .isThrownBy(() -> JsonObject.parse("{\n  \"a\": 1,\n  b\n}"))
                .satisfies(fault -> {
                    assertThat(fault.line()).isEqualTo(3);
                    assertThat(fault.column()).isEqualTo(3);
                });
    }

    private static void agree(String text) {
        assertThat(isTaken(text)).as("<%s>", text).isEqualTo(isTakenByJackson(text));
    }

    private static boolean isTaken(String text) {
        try {
            JsonObject.parse(text);
            return true;
        } catch (JsonFault e) {
            return false;
        }
    }

    private static boolean isTakenByJackson(String text) {
        try (JsonParser parser = JACKSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            int depth = 1;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
            return parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
