package io.ggen.marketplace.core.search;

import org.apache.lucene.index.FieldInvertState;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity;

/**
 * How good a match is. First the tier: the place of the word that is placed worst, less for words
 * that were only guessed. Within a tier every word counts by its rarity and place, and a document
 * with fewer words is better. A document's count of distinct words is kept as its norm.
 */
final class Relevance extends Similarity {
    /** The tier of what has no word to judge by. */
    static final float NO_TIER = Float.MAX_VALUE;

    private static final float[] TIERS = {0, 100, 160, 160, 240, 250};
    private static final float[] PLACES = {0, 1f, 1.2f, 1.2f, 1.4f, 1.5f};
    private static final int LONGEST = 255;
    private static final float[] LENGTHS = lengths();

    private static float[] lengths() {
        float[] factors = new float[LONGEST + 1];
        for (int words = 0; words <= LONGEST; words++) {
            factors[words] = 5f / (5f + words);
        }
        return factors;
    }

    /** Returns the weight of a word that {@code matches} of {@code all} documents have. */
    static float rarity(long matches, long all) {
        return (float) (1 + Math.log((all + 1.0) / (matches + 0.5)));
    }

    static float tier(int place) {
        return TIERS[Math.min(place, TIERS.length - 1)];
    }

    static float place(int place) {
        return PLACES[Math.min(place, PLACES.length - 1)];
    }

    static float length(long norm) {
        return LENGTHS[(int) (norm & 0xff)];
    }

    /** Parts of words do not make a document longer: they come as overlaps. */
    @Override
    public long computeNorm(FieldInvertState state) {
        return (byte) Math.clamp(state.getUniqueTermCount() - state.getNumOverlap(), 1, LONGEST);
    }

    @Override
    public SimScorer scorer(float boost, CollectionStatistics collection, TermStatistics... terms) {
        return new SimScorer() {
            @Override
            public float score(float place, long norm) {
                return boost * (tier((int) place) + place((int) place) * length(norm));
            }
        };
    }
}
