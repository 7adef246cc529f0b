package io.ggen.marketplace.core.search;

import io.ggen.marketplace.core.SearchHit;

import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.BytesRef;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The best documents seen so far: by score, then rank (popularity, age), then id and publisher.
 * Rank and row are only read of documents that may get in.
 */
final class TopHits {
    private static final double UNIT = 10_000;

    /** Ordered from worst to best; without lambdas, which cost a short command milliseconds. */
    private record Candidate(int score, long rank, BytesRef row) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int order = Integer.compare(score, other.score);
            order = order != 0 ? order : Long.compare(rank, other.rank);
            return order != 0 ? order : other.row.compareTo(row);
        }
    }

    private final int limit;
    private final PriorityQueue<Candidate> best = new PriorityQueue<>();

    TopHits(int limit) {
        this.limit = limit;
    }

    /** Returns a door for the documents of one segment, in ascending order. */
    Door door(LeafReader reader) throws IOException {
        return new Door(
                reader.getNumericDocValues(DocumentFields.RANK),
                reader.getBinaryDocValues(DocumentFields.ROW));
    }

    /** Returns the best documents, best first. */
    List<SearchHit> hits() throws IOException {
        List<Candidate> sorted = new ArrayList<>(best);
        Collections.sort(sorted);
        List<SearchHit> hits = new ArrayList<>(sorted.size());
        for (Candidate candidate : sorted.reversed()) {
            hits.add(Row.decode(candidate.row(), candidate.score() / UNIT));
        }
        return hits;
    }

    /** Lets in the documents of one segment. */
    final class Door {
        private final NumericDocValues ranks;
        private final BinaryDocValues rows;

        private Door(NumericDocValues ranks, BinaryDocValues rows) {
            this.ranks = ranks;
            this.rows = rows;
        }

        void offer(int document, float exactScore) throws IOException {
            int score = (int) (exactScore * UNIT);
            Candidate worst = best.size() < limit ? null : best.peek();
            if (worst == null || score >= worst.score()) {
                long rank = ranks.advanceExact(document) ? ranks.longValue() : 0;
                if (worst == null || score > worst.score() || rank >= worst.rank()) {
                    insert(new Candidate(score, rank, row(document)), worst != null);
                }
            }
        }

        private void insert(Candidate candidate, boolean full) {
            if (!full) {
                best.add(candidate);
            } else if (candidate.compareTo(best.peek()) > 0) {
                best.poll();
                best.add(candidate);
            }
        }

        BytesRef row(int document) throws IOException {
            if (!rows.advanceExact(document)) {
                throw new IOException("a document of the index has no row");
            }
            return BytesRef.deepCopyOf(rows.binaryValue());
        }
    }
}
