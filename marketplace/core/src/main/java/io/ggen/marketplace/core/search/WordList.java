package io.ggen.marketplace.core.search;

import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;

/**
 * The words of one segment in memory, grouped by length, to find those that are written like
 * another. Each word has a signature of the letters in it; one edit changes at most one bit of it
 * in each direction, so nearly every word is passed over at the cost of one comparison. Immutable.
 */
final class WordList {
    /** Longer words are not corrected. */
    static final int LONGEST = 40;

    /** Takes words that were found; the bytes are only valid during the call. */
    interface Sink {
        void word(BytesRef word, int distance, int documents);
    }

    private final byte[] bytes;
    private final int[] starts;
    private final int[] documents;
    private final long[] signatures;
    private final int[] groups;

    private WordList(Collected collected) {
        bytes = collected.bytes;
        int count = collected.count;
        groups = new int[LONGEST + 2];
        for (int i = 0; i < count; i++) {
            groups[collected.length(i) + 1]++;
        }
        for (int length = 1; length < groups.length; length++) {
            groups[length] += groups[length - 1];
        }
        int[] next = groups.clone();
        starts = new int[count];
        documents = new int[count];
        signatures = new long[count];
        for (int i = 0; i < count; i++) {
            int length = collected.length(i);
            int at = next[length]++;
            starts[at] = collected.starts[i];
            documents[at] = collected.documents[i];
            signatures[at] = signature(bytes, starts[at], length);
        }
    }

    static WordList read(@Nullable Terms terms) throws IOException {
        Collected collected = new Collected();
        if (terms != null) {
            TermsEnum words = terms.iterator();
            for (BytesRef word = words.next(); word != null; word = words.next()) {
                if (word.length > 2 && word.length <= LONGEST) {
                    collected.add(word, words.docFreq());
                }
            }
        }
        return new WordList(collected);
    }

    /** Finds the words at most {@code distance} edits from {@code word}, itself among them. */
    void similar(BytesRef word, int distance, Sink sink) {
        long wanted = signature(word.bytes, word.offset, word.length);
        EditDistance edits = new EditDistance(word, distance);
        int shortest = Math.max(0, word.length - distance);
        int longest = Math.min(LONGEST, word.length + distance);
        for (int length = shortest; length <= longest; length++) {
            for (int i = groups[length]; i < groups[length + 1]; i++) {
                long other = signatures[i];
                if (Long.bitCount(wanted & ~other) <= distance
                        && Long.bitCount(other & ~wanted) <= distance) {
                    check(i, length, edits, sink);
                }
            }
        }
    }

    private void check(int i, int length, EditDistance edits, Sink sink) {
        int distance = edits.to(bytes, starts[i], length);
        if (distance <= edits.limit()) {
            sink.word(new BytesRef(bytes, starts[i], length), distance, documents[i]);
        }
    }

    /**
     * A bit for a letter, another for its second occurrence, one for each digit, one for the rest.
     */
    private static long signature(byte[] bytes, int start, int length) {
        long signature = 0;
        for (int i = start; i < start + length; i++) {
            int c = bytes[i];
            if (c >= 'a' && c <= 'z') {
                long bit = 1L << (c - 'a');
                signature |= (signature & bit) == 0 ? bit : bit << 26;
            } else if (c >= '0' && c <= '9') {
                signature |= 1L << (52 + c - '0');
            } else {
                signature |= 1L << 62;
            }
        }
        return signature;
    }

    private static final class Collected {
        private byte[] bytes = new byte[1 << 16];
        private int[] starts = new int[1 << 12];
        private int[] documents = new int[1 << 12];
        private int count;
        private int used;

        void add(BytesRef word, int frequency) {
            if (count + 2 > starts.length) {
                starts = ArrayUtil.grow(starts, count + 2);
                documents = Arrays.copyOf(documents, starts.length);
            }
            bytes = ArrayUtil.grow(bytes, used + word.length);
            System.arraycopy(word.bytes, word.offset, bytes, used, word.length);
            starts[count] = used;
            documents[count++] = frequency;
            used += word.length;
            starts[count] = used;
        }

        int length(int i) {
            return starts[i + 1] - starts[i];
        }
    }
}
