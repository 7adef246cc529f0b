package io.ggen.marketplace.core.search;

import org.apache.lucene.index.FieldInvertState;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity;

/**
 * The score of a document: for each word of the query its rarity times the weight of the best place
 * it stands in, all of it less the more words the document has. A document's count of distinct
 * words is kept as its norm.
 */
final class Relevance extends Similarity {
    private static final float[] PLACES = {0, 1f, 1.7f, 2f, 3f, 3.6f};
    private static final int LONGEST = 255;
    private static final float[] LENGTHS = lengths();

    private static float[] lengths() {
        float[] factors = new float[LONGEST + 1];
        for (int words = 0; words <= LONGEST; words++) {
            factors[words] = 1f / (1f + 0.05f * words);
        }
        return factors;
    }

    /** Returns the weight of a word that {@code matches} of {@code all} documents have. */
    static float rarity(long matches, long all) {
        return (float) (1 + Math.log((all + 1.0) / (matches + 0.5)));
    }

    static float place(int place) {
        return PLACES[Math.min(place, PLACES.length - 1)];
    }

    static float length(long norm) {
        return LENGTHS[(int) Math.min(norm & 0xff, LONGEST)];
    }

    @Override
    public long computeNorm(FieldInvertState state) {
        return (byte) Math.clamp(state.getUniqueTermCount(), 1, LONGEST);
    }

    @Override
    public SimScorer scorer(float boost, CollectionStatistics collection, TermStatistics... terms) {
        float rarity = 0;
        for (TermStatistics term : terms) {
            rarity += rarity(term.docFreq(), collection.docCount());
        }
        float weight = boost * rarity;
        return new SimScorer() {
            @Override
            public float score(float place, long norm) {
                return weight * place((int) place) * length(norm);
            }
        };
    }
}
