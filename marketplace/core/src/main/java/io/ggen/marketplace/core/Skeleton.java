package io.ggen.marketplace.core;

import io.ggen.marketplace.model.PackageId;

import java.util.ArrayList;
import java.util.List;

/**
 * A name without what the eye passes over: no {@code - _ .}, one letter for those that look alike
 * ({@code l 1 i}, {@code o 0}, {@code rn m} …). Two names can be taken for each other where their
 * skeletons are equal, or differ by one letter added, dropped, replaced or swapped with its
 * neighbour. The term and the idea are those of Unicode UTS 39. Immutable.
 *
 * @param text what is left of the name
 */
public record Skeleton(String text) {
    private static final int SHORTEST = 4;
    private static final String LETTERS = "abcdefghjklmnopqrstuvwxyz34679";

    /** Returns the skeleton of {@code id}. */
    public static Skeleton of(PackageId id) {
        return of(id.text());
    }

    /** Returns the skeleton of an id that is known to be well-formed. */
    public static Skeleton of(String id) {
        var bones = new StringBuilder(id.length());
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            char next = i + 1 < id.length() ? id.charAt(i + 1) : ' ';
            if (c == 'r' && next == 'n') {
                bones.append('m');
                i++;
            } else if (c == 'v' && next == 'v') {
                bones.append('w');
                i++;
            } else if (c != '-' && c != '_' && c != '.') {
                bones.append(likeness(c));
            }
        }
        return new Skeleton(bones.toString());
    }

    private static char likeness(char c) {
        return switch (c) {
            case '0' -> 'o';
            case '1', 'i' -> 'l';
            case '5' -> 's';
            case '8' -> 'b';
            case '2' -> 'z';
            default -> c;
        };
    }

    /**
     * Returns whether two ids whose skeletons are near each other are numbers of one series, such
     * as {@code part-3} and {@code part-4}: nobody takes these for each other.
     */
    public static boolean isSeries(PackageId one, PackageId other) {
        String first = one.text();
        String second = other.text();
        if (first.length() != second.length() || of(one).equals(of(other))) {
            return false;
        }
        for (int i = 0; i < first.length(); i++) {
            boolean digits = isDigit(first.charAt(i)) && isDigit(second.charAt(i));
            if (first.charAt(i) != second.charAt(i) && !digits) {
                return false;
            }
        }
        return !first.equals(second);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * Returns every skeleton that a name which could be taken for this one may have: this one, and
     * those one letter away where neither is shorter than four letters; some 60 for each letter.
     */
    public List<Skeleton> neighbours() {
        List<Skeleton> near = new ArrayList<>(64 * (text.length() + 1));
        near.add(this);
        if (text.length() < SHORTEST) {
            return near;
        }
        var bones = new StringBuilder(text.length() + 1);
        for (int at = 0; at <= text.length(); at++) {
            addAt(at, bones, near);
        }
        return near;
    }

    private void addAt(int at, StringBuilder bones, List<Skeleton> near) {
        String head = text.substring(0, at);
        String tail = text.substring(at);
        for (int i = 0; i < LETTERS.length(); i++) {
            near.add(join(bones, head, LETTERS.charAt(i), tail));
        }
        if (tail.isEmpty()) {
            return;
        }
        String rest = tail.substring(1);
        for (int i = 0; i < LETTERS.length(); i++) {
            if (LETTERS.charAt(i) != tail.charAt(0)) {
                near.add(join(bones, head, LETTERS.charAt(i), rest));
            }
        }
        if (text.length() > SHORTEST) {
            near.add(new Skeleton(head + rest));
        }
        if (!rest.isEmpty() && rest.charAt(0) != tail.charAt(0)) {
            near.add(new Skeleton(head + rest.charAt(0) + tail.charAt(0) + rest.substring(1)));
        }
    }

    private static Skeleton join(StringBuilder bones, String head, char letter, String tail) {
        bones.setLength(0);
        return new Skeleton(bones.append(head).append(letter).append(tail).toString());
    }
}
