package io.ggen.marketplace.core.search;

import org.apache.lucene.index.PostingsEnum;

import java.io.IOException;

/** Documents with one term, at {@code lowest} place or a better one. */
final class TermCursor extends Cursor {
    private final PostingsEnum postings;
    private final float weight;
    private final float factor;
    private final int lowest;

    TermCursor(PostingsEnum postings, float weight, float factor, int lowest) {
        this.postings = postings;
        this.weight = weight;
        this.factor = factor;
        this.lowest = lowest;
    }

    @Override
    int next() throws IOException {
        return accept(postings.nextDoc());
    }

    @Override
    int advance(int target) throws IOException {
        return accept(postings.advance(target));
    }

    private int accept(int found) throws IOException {
        int at = found;
        while (lowest > 0 && at != END && postings.freq() < lowest) {
            at = postings.nextDoc();
        }
        document = at;
        return at;
    }

    @Override
    float score() throws IOException {
        return weight == 0 ? 0 : weight * Relevance.place(postings.freq());
    }

    @Override
    float tier() throws IOException {
        return factor == 0 ? Relevance.NO_TIER : factor * Relevance.tier(postings.freq());
    }

    @Override
    long cost() {
        return postings.cost();
    }
}
