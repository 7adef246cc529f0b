package io.ggen.marketplace.model;

/** One bound of a range: an operator and a full version. */
record Comparator(Operator operator, Version version) {
    /** How a version stands to a bound. */
    enum Operator {
        LESS("<"),
        AT_MOST("<="),
        EQUAL(""),
        AT_LEAST(">="),
        GREATER(">");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }
    }

    static Comparator atLeast(long major, long minor, long patch) {
        return new Comparator(Operator.AT_LEAST, Version.of(major, minor, patch));
    }

    /** Returns the bound below every pre-release of the triple: {@code <major.minor.patch-0}. */
    static Comparator below(long major, long minor, long patch) {
        return new Comparator(
                Operator.LESS, new Version(major, minor, patch, java.util.List.of("0"), ""));
    }

    boolean admits(Version candidate) {
        int order = candidate.comparePrecedence(version);
        return switch (operator) {
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case EQUAL -> order == 0;
            case AT_LEAST -> order >= 0;
            case GREATER -> order > 0;
        };
    }

    @Override
    public String toString() {
        return operator.symbol + version;
    }
}
