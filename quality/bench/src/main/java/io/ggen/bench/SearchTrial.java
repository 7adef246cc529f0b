package io.ggen.bench;

import java.util.List;
import java.util.function.Function;

/**
 * What an engine needed for a set of queries, and how often it found the row.
 *
 * @param times milliseconds of each query
 * @param found share of queries with their row among the first 20
 */
record SearchTrial(Samples times, double found) {
    static final int LIMIT = 20;

    /**
     * Asks {@code engine}, from query to the ids of its first 20 rows, {@code warm} rounds that do
     * not count and then {@code rounds} that do.
     */
    static SearchTrial run(
            Function<String, List<String>> engine, List<Question> questions, int warm, int rounds) {
        for (int round = 0; round < warm; round++) {
            for (Question question : questions) {
                var _ = engine.apply(question.text());
            }
        }
        double[] times = new double[rounds * questions.size()];
        int found = 0;
        for (int i = 0; i < times.length; i++) {
            Question question = questions.get(i % questions.size());
            long start = System.nanoTime();
            List<String> ids = engine.apply(question.text());
            times[i] = (System.nanoTime() - start) / 1e6;
            found += ids.contains(question.id()) ? 1 : 0;
        }
        return new SearchTrial(Samples.of(times), found / (double) times.length);
    }

    /** A text to ask for, and the row that should come. */
    record Question(String text, String id) {}
}
