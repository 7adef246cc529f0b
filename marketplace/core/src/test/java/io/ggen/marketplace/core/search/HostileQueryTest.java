package io.ggen.marketplace.core.search;

import static io.ggen.marketplace.core.search.ListSource.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.model.Query;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

class HostileQueryTest {
    @TempDir Path directory;

    @Test
    void neverFailsAndReadsABoundedPart() {
        try (SearchIndex index = SearchIndex.open(directory, IndexUse.COMMAND)) {
            index.refresh(ListSource.of(document("plain-thing", "of no importance")));
            for (String text : texts()) {
                assertThat(index.search(Query.of(text, 5)).total()).isBetween(0L, 1L);
            }
        }
        QueryText longest =
                QueryText.parse("word ".repeat(2_000) + "a b c d e f g h i j k l m n o p q r");
        assertThat(longest.words()).containsExactly("word");
        assertThat(QueryText.parse("a b c d e f g h i j k l m n o p q r s t").words())
                .hasSize(QueryText.MAX_WORDS);
        assertThat(QueryText.parse("x".repeat(10_000)).words().getFirst())
                .hasSize(Words.MAX_LENGTH);
    }

    private static List<String> texts() {
        StringBuilder noise = new StringBuilder();
        Random random = new Random(7);
        for (int i = 0; i < 10_240; i++) {
            noise.append((char) random.nextInt(0x10000));
        }
        return List.of(
                "x".repeat(10_240),
                "\"".repeat(10_240),
                "name:".repeat(2_000),
                "\"unbalanced name:\"",
                "tag:\"never closed",
                "name: tag: publisher:",
                "publisher:did:key:",
                "AND OR NOT ( ) [ TO ] ^ ~ * ? \\ / + - && ||",
                "\ud800 \udfff \ud83d\ude00 \u0000 \uffff \u202e",
                "a\u0301".repeat(3_000),
                "ﷺ".repeat(5_000),
                noise.toString());
    }
}
