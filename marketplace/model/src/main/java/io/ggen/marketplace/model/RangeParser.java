package io.ggen.marketplace.model;

import io.ggen.marketplace.model.Comparator.Operator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the text of a range into alternatives of comparators, all of which a version must meet. */
final class RangeParser {
    private static final Pattern PARTIAL =
            Pattern.compile(
                    "(0|[1-9]\\d{0,15}|[xX*])(?:\\.(0|[1-9]\\d{0,15}|[xX*])(?:\\.(0|[1-9]\\d{0,15}|[xX*])(-[0-9A-Za-z.-]+)?)?)?");
    private static final Pattern HYPHEN = Pattern.compile("(\\S+)\\s+-\\s+(\\S+)");
    private static final Pattern COMPARATOR =
            Pattern.compile("\\s*(\\^|~|>=|<=|>|<|=)?\\s*([^\\s<>=^~]+)");
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
        for (String part : text.split("\\|\\|", -1)) {
            alternatives.add(alternative(part.strip()));
        }
        return List.copyOf(alternatives);
    }

    private List<Comparator> alternative(String part) {
        if (part.isEmpty()) {
            throw refused("nothing", "beside ||");
        }
        Matcher hyphen = HYPHEN.matcher(part);
        if (hyphen.matches()) {
            return hyphen(partial(hyphen.group(1)), partial(hyphen.group(2)));
        }
        List<Comparator> comparators = new ArrayList<>();
        Matcher matcher = COMPARATOR.matcher(part);
        int end = 0;
        while (end < part.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw refused(part.substring(end), "");
            }
            comparators.addAll(
                    desugar(
                            matcher.group(1) == null ? "" : matcher.group(1),
                            partial(matcher.group(2))));
            end = matcher.end();
        }
        return List.copyOf(comparators);
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
        Matcher matcher = PARTIAL.matcher(part);
        if (!matcher.matches()) {
            try {
                return new Partial(3, Version.parse(part));
            } catch (IllegalArgumentException e) {
                throw refused(part, "");
            }
        }
        int known = 0;
        long[] numbers = new long[3];
        while (known < 3 && isNumber(matcher.group(known + 1))) {
            numbers[known] = Long.parseLong(matcher.group(known + 1));
            known++;
        }
        for (int i = known; i < 3; i++) {
            if (isNumber(matcher.group(i + 1)) || matcher.group(4) != null) {
                throw refused(part, "a number cannot follow x");
            }
        }
        return new Partial(
                known,
                known == 3 ? Version.parse(part) : Version.of(numbers[0], numbers[1], numbers[2]));
    }

    private static boolean isNumber(@org.jspecify.annotations.Nullable String group) {
        return group != null && Character.isDigit(group.charAt(0));
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
