package io.ggen.marketplace.model;

import io.ggen.marketplace.model.Comparator.Operator;

import java.util.ArrayList;
import java.util.List;

/** Turns the text of a range into alternatives of comparators, all of which a version must meet. */
final class RangeParser {
    private static final int MAX_DIGITS = 16;
    private static final Comparator NOTHING = Comparator.below(0, 0, 0);

    private final String text;

    RangeParser(String text) {
        if (text.isBlank() || text.length() > VersionRange.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    text.isBlank()
                            ? "a range is not empty: write * for any version"
                            : "a range has at most " + VersionRange.MAX_LENGTH + " characters");
        }
        this.text = text.strip();
    }

    /** Returns the alternatives between {@code ||}, in the order written. */
    List<List<Comparator>> alternatives() {
        List<List<Comparator>> alternatives = new ArrayList<>();
        int from = 0;
        for (int bars = text.indexOf("||"); bars >= 0; bars = text.indexOf("||", from)) {
            alternatives.add(alternative(text.substring(from, bars).strip()));
            from = bars + 2;
        }
        alternatives.add(alternative(text.substring(from).strip()));
        return List.copyOf(alternatives);
    }

    private List<Comparator> alternative(String part) {
        if (part.isEmpty()) {
            throw refused("nothing", "beside ||");
        }
        int gap = endOfWord(part, 0);
        int middle = skipSpace(part, gap);
        int last = skipSpace(part, middle + 1);
        if (part.startsWith("-", middle)
                && gap < middle
                && middle + 1 < last
                && endOfWord(part, last) == part.length()) {
            return hyphen(partial(part.substring(0, gap)), partial(part.substring(last)));
        }
        List<Comparator> comparators = new ArrayList<>();
        for (int at = 0; at < part.length(); ) {
            at = comparator(part, at, comparators);
        }
        return List.copyOf(comparators);
    }

    /** Reads one comparator and returns where it ends. */
    private int comparator(String part, int from, List<Comparator> into) {
        int start = skipSpace(part, from);
        String operator = operator(part, start);
        int operand = skipSpace(part, start + operator.length());
        int end = operand;
        while (end < part.length()
                && !isSpace(part.charAt(end))
                && "<>=^~".indexOf(part.charAt(end)) < 0) {
            end++;
        }
        if (end == operand) {
            throw refused(part.substring(from), "");
        }
        into.addAll(desugar(operator, partial(part.substring(operand, end))));
        return end;
    }

    private static String operator(String part, int at) {
        char c = at < part.length() ? part.charAt(at) : ' ';
        boolean wide = (c == '<' || c == '>') && part.startsWith("=", at + 1);
        return "<>=^~".indexOf(c) < 0 ? "" : part.substring(at, at + (wide ? 2 : 1));
    }

    private static int skipSpace(String part, int from) {
        int at = from;
        while (at < part.length() && isSpace(part.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int endOfWord(String part, int from) {
        int at = from;
        while (at < part.length() && !isSpace(part.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static List<Comparator> hyphen(Partial from, Partial to) {
        List<Comparator> comparators = new ArrayList<>();
        if (from.known > 0) {
            comparators.add(new Comparator(Operator.AT_LEAST, from.floor()));
        }
        if (to.known == 3) {
            comparators.add(new Comparator(Operator.AT_MOST, to.version));
        } else if (to.known > 0) {
            comparators.add(to.belowNext());
        }
        return comparators.isEmpty()
                ? List.of(Comparator.atLeast(0, 0, 0))
                : List.copyOf(comparators);
    }

    private static List<Comparator> desugar(String operator, Partial partial) {
        if (partial.known == 0) {
            boolean nothing = operator.equals("<") || operator.equals(">");
            return List.of(nothing ? NOTHING : Comparator.atLeast(0, 0, 0));
        }
        return switch (operator) {
            case "^" ->
                    List.of(
                            new Comparator(Operator.AT_LEAST, partial.floor()),
                            caretCeiling(partial));
            case "~" ->
                    List.of(
                            new Comparator(Operator.AT_LEAST, partial.floor()),
                            tildeCeiling(partial));
            case ">=" -> List.of(new Comparator(Operator.AT_LEAST, partial.floor()));
            case "<" ->
                    List.of(
                            partial.known == 3
                                    ? new Comparator(Operator.LESS, partial.version)
                                    : partial.belowFloor());
            case ">" -> List.of(greater(partial));
            case "<=" ->
                    List.of(
                            partial.known == 3
                                    ? new Comparator(Operator.AT_MOST, partial.version)
                                    : partial.belowNext());
            default ->
                    partial.known == 3
                            ? List.of(new Comparator(Operator.EQUAL, partial.version))
                            : List.of(
                                    new Comparator(Operator.AT_LEAST, partial.floor()),
                                    partial.belowNext());
        };
    }

    private static Comparator greater(Partial partial) {
        Version v = partial.version;
        return switch (partial.known) {
            case 1 -> Comparator.atLeast(v.major() + 1, 0, 0);
            case 2 -> Comparator.atLeast(v.major(), v.minor() + 1, 0);
            default -> new Comparator(Operator.GREATER, v);
        };
    }

    private static Comparator tildeCeiling(Partial partial) {
        Version v = partial.version;
        return partial.known == 1
                ? Comparator.below(v.major() + 1, 0, 0)
                : Comparator.below(v.major(), v.minor() + 1, 0);
    }

    private static Comparator caretCeiling(Partial partial) {
        Version v = partial.version;
        if (v.major() > 0 || partial.known == 1) {
            return Comparator.below(v.major() + 1, 0, 0);
        }
        if (v.minor() > 0 || partial.known == 2) {
            return Comparator.below(0, v.minor() + 1, 0);
        }
        return Comparator.below(0, 0, v.patch() + 1);
    }

    private Partial partial(String part) {
        List<String> numbers = new ArrayList<>(3);
        int at = number(part, 0, numbers);
        while (at > 0 && numbers.size() < 3 && part.startsWith(".", at)) {
            at = number(part, at + 1, numbers);
        }
        boolean preRelease = numbers.size() == 3 && isPreRelease(part, at);
        if (at < 0 || (at < part.length() && !preRelease)) {
            try {
                return new Partial(3, Version.parse(part));
            } catch (IllegalArgumentException e) {
                throw refused(part, "");
            }
        }
        int known = 0;
        long[] values = new long[3];
        while (known < numbers.size() && isNumber(numbers.get(known))) {
            values[known] = Long.parseLong(numbers.get(known));
            known++;
        }
        for (int i = known; i < 3; i++) {
            if ((i < numbers.size() && isNumber(numbers.get(i))) || preRelease) {
                throw refused(part, "a number cannot follow x");
            }
        }
        return new Partial(
                known,
                known == 3 ? Version.parse(part) : Version.of(values[0], values[1], values[2]));
    }

    /** Reads a number or an x; returns where it ends, or -1 where there is none. */
    private static int number(String part, int from, List<String> into) {
        int at = from;
        if (at < part.length() && "xX*".indexOf(part.charAt(at)) >= 0) {
            at++;
        } else {
            while (at < part.length() && part.charAt(at) >= '0' && part.charAt(at) <= '9') {
                at++;
            }
            boolean padded = at - from > 1 && part.charAt(from) == '0';
            if (at == from || padded || at - from > MAX_DIGITS) {
                return -1;
            }
        }
        into.add(part.substring(from, at));
        return at;
    }

    private static boolean isPreRelease(String part, int from) {
        if (from < 0 || from + 1 >= part.length() || part.charAt(from) != '-') {
            return false;
        }
        for (int at = from + 1; at < part.length(); at++) {
            char c = part.charAt(at);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String word) {
        return Character.isDigit(word.charAt(0));
    }

    private IllegalArgumentException refused(String part, String reason) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return new IllegalArgumentException(
                "not a range like ^1.2.0: "
                        + printable
                        + " (not understood: "
                        + part.replaceAll("[^\\x20-\\x7e]", "?")
                        + (reason.isEmpty() ? ")" : ", " + reason + ")"));
    }

    /** A version of which only the first {@code known} numbers are given. */
    private record Partial(int known, Version version) {
        Version floor() {
            return version;
        }

        Comparator belowFloor() {
            return Comparator.below(version.major(), version.minor(), version.patch());
        }

        Comparator belowNext() {
            return known == 1
                    ? Comparator.below(version.major() + 1, 0, 0)
                    : Comparator.below(version.major(), version.minor() + 1, 0);
        }
    }
}
