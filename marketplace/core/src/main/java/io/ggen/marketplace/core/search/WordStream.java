package io.ggen.marketplace.core.search;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;

/** Feeds the words of a bag to Lucene, each once, its place as frequency. */
final class WordStream extends TokenStream {
    private final WordBag bag;
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final TermFrequencyAttribute frequency = addAttribute(TermFrequencyAttribute.class);
    private final PositionIncrementAttribute position =
            addAttribute(PositionIncrementAttribute.class);
    private int next;

    WordStream(WordBag bag) {
        this.bag = bag;
    }

    @Override
    public void reset() {
        next = 0;
    }

    @Override
    public boolean incrementToken() {
        if (next == bag.count()) {
            return false;
        }
        clearAttributes();
        int start = bag.start(next);
        term.copyBuffer(bag.chars(), start, bag.end(next) - start);
        position.setPositionIncrement(next > 0 && bag.isPart(next) ? 0 : 1);
        frequency.setTermFrequency(bag.place(next++));
        return true;
    }
}
