package io.ggen.marketplace.core.search;

import java.util.Arrays;

/**
 * The distinct words of one document, each with the best place it stands in. Reused from document
 * to document; not thread-safe.
 */
final class WordBag implements Words.Sink {
    /** More distinct words than this are not indexed. */
    static final int MAX_WORDS = 2_000;

    private final Words words = new Words();
    private char[] chars = new char[1024];
    private int[] ends = new int[64];
    private int[] hashes = new int[64];
    private byte[] places = new byte[64];
    private boolean[] parts = new boolean[64];
    private int[] table = new int[256];
    private int count;
    private int place;

    void clear() {
        count = 0;
        Arrays.fill(table, 0);
    }

    /** Adds the words of {@code text}, found at {@code place} of {@link Place}. */
    void add(String text, int place) {
        this.place = place;
        words.split(text, this);
    }

    @Override
    public void word(char[] buffer, int start, int end, boolean part) {
        int here = part && place == Place.NAME_ALONE ? Place.NAME : place;
        int hash = hash(buffer, start, end);
        int slot = find(buffer, start, end, hash);
        if (table[slot] != 0) {
            int known = table[slot] - 1;
            parts[known] &= part;
            places[known] = (byte) Math.max(places[known], here);
        } else if (count < MAX_WORDS) {
            table[slot] = count + 1;
            parts[count] = part;
            append(buffer, start, end, hash, here);
        }
    }

    private int find(char[] buffer, int start, int end, int hash) {
        int slot = hash & (table.length - 1);
        while (table[slot] != 0 && !same(table[slot] - 1, buffer, start, end, hash)) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    private boolean same(int known, char[] buffer, int start, int end, int hash) {
        return hashes[known] == hash
                && Arrays.equals(chars, start(known), ends[known], buffer, start, end);
    }

    private void append(char[] buffer, int start, int end, int hash, int here) {
        int from = start(count);
        int to = from + end - start;
        if (to > chars.length) {
            chars = Arrays.copyOf(chars, to * 2);
        }
        System.arraycopy(buffer, start, chars, from, end - start);
        ends[count] = to;
        hashes[count] = hash;
        places[count++] = (byte) here;
        if (count == ends.length) {
            grow();
        }
        if (count * 2 > table.length) {
            rehash();
        }
    }

    private void grow() {
        ends = Arrays.copyOf(ends, count * 2);
        hashes = Arrays.copyOf(hashes, count * 2);
        places = Arrays.copyOf(places, count * 2);
        parts = Arrays.copyOf(parts, count * 2);
    }

    private void rehash() {
        table = new int[table.length * 2];
        for (int i = 0; i < count; i++) {
            int slot = hashes[i] & (table.length - 1);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = i + 1;
        }
    }

    private static int hash(char[] buffer, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + buffer[i];
        }
        return hash ^ (hash >>> 15);
    }

    int count() {
        return count;
    }

    char[] chars() {
        return chars;
    }

    int start(int word) {
        return word == 0 ? 0 : ends[word - 1];
    }

    int end(int word) {
        return ends[word];
    }

    /** Returns whether the word stands only inside longer ones. */
    boolean isPart(int word) {
        return parts[word];
    }

    int place(int word) {
        return places[word];
    }
}
