package io.ggen.marketplace.core.publish;

import io.ggen.marketplace.model.PackageId;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Names that one could take for another: the same but for {@code - _ .}, for letters that look
 * alike ({@code l 1 i}, {@code o 0}, {@code rn m} …), or for one letter added, dropped, replaced or
 * swapped with its neighbour. Stateless.
 */
public final class SimilarNames {
    private static final int MOST = 5;
    private static final int SHORTEST = 4;

    private SimilarNames() {}

    /** Returns up to five of {@code known} that {@code id} could be taken for, itself left out. */
    public static List<PackageId> to(PackageId id, Collection<PackageId> known) {
        String bones = bones(id.text());
        List<PackageId> similar = new ArrayList<>();
        for (PackageId other : known) {
            if (similar.size() < MOST
                    && Math.abs(other.text().length() - id.text().length()) <= 3
                    && !other.equals(id)
                    && (bones.equals(bones(other.text())) || isNear(id.text(), other.text()))) {
                similar.add(other);
            }
        }
        return similar;
    }

    /** Returns the name without separators, each letter in the form that its likes share. */
    private static String bones(String name) {
        var bones = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            char next = i + 1 < name.length() ? name.charAt(i + 1) : ' ';
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
        return bones.toString();
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

    /** Returns whether one change of a letter makes one name of the other; not for short names. */
    private static boolean isNear(String one, String other) {
        String longer = one.length() >= other.length() ? one : other;
        String shorter = longer.equals(one) ? other : one;
        if (longer.length() - shorter.length() > 1 || shorter.length() < SHORTEST) {
            return false;
        }
        int at = 0;
        while (at < shorter.length() && longer.charAt(at) == shorter.charAt(at)) {
            at++;
        }
        if (longer.length() > shorter.length()) {
            return longer.substring(at + 1).equals(shorter.substring(at));
        }
        return at < longer.length()
                && (longer.substring(at + 1).equals(shorter.substring(at + 1))
                        || isSwapped(longer, shorter, at));
    }

    private static boolean isSwapped(String one, String other, int at) {
        return at + 1 < one.length()
                && one.charAt(at) == other.charAt(at + 1)
                && one.charAt(at + 1) == other.charAt(at)
                && one.substring(at + 2).equals(other.substring(at + 2));
    }
}
