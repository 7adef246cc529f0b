package io.ggen.bench;

import io.ggen.marketplace.core.search.SearchDocument;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Queries of two words of at least three characters that stand in one random row, as they are and
 * with one typing error in the longer word. The same seed gives the same queries.
 */
final class SearchQueries {
    private static final Pattern WORD = Pattern.compile("[a-z0-9]{3,}");

    private SearchQueries() {}

    /**
     * One query.
     *
     * @param id the row that the words were taken from
     */
    record Case(String id, String plain, String mistyped) {}

    /** Draws {@code count} queries. */
    static List<Case> draw(SearchCorpus corpus, int count, long seed) {
        Random random = new Random(seed);
        List<Case> cases = new ArrayList<>();
        while (cases.size() < count) {
            SearchDocument row = corpus.rows().get(random.nextInt(corpus.rows().size()));
            List<String> words = words(row);
            if (words.size() >= 2) {
                String one = words.remove(random.nextInt(words.size()));
                String two = words.remove(random.nextInt(words.size()));
                cases.add(draw(row.id().text(), one, two, random));
            }
        }
        return cases;
    }

    private static Case draw(String id, String one, String two, Random random) {
        boolean first = one.length() >= two.length();
        String mistyped =
                first ? mistype(one, random) + " " + two : one + " " + mistype(two, random);
        return new Case(id, one + " " + two, mistyped);
    }

    private static List<String> words(SearchDocument row) {
        String text = (row.id().text() + " " + row.description()).toLowerCase(Locale.ROOT);
        Set<String> words = new LinkedHashSet<>();
        WORD.matcher(text).results().map(MatchResult::group).forEach(words::add);
        return new ArrayList<>(words);
    }

    private static String mistype(String word, Random random) {
        int at = 1 + random.nextInt(word.length() - 1);
        char letter = (char) ('a' + random.nextInt(26));
        String before = word.substring(0, at);
        String after = word.substring(at + 1);
        return switch (random.nextInt(4)) {
            case 0 -> before + after;
            case 1 -> before + letter + word.substring(at);
            case 2 -> before + letter + after;
            default -> word.substring(0, at - 1) + word.charAt(at) + word.charAt(at - 1) + after;
        };
    }
}
