package io.ggen.cli;

/**
 * An option of a command.
 *
 * @param name the long name with its dashes: {@code --limit}
 * @param letter the short name with its dash, or empty
 * @param parameter what its value is called, or empty for a flag
 * @param help one line for the help page
 */
record Option(String name, String letter, String parameter, String help) {
    /** Returns an option that stands alone. */
    static Option flag(String name, String help) {
        return new Option(name, "", "", help);
    }

    /** Returns an option with a value. */
    static Option value(String name, String parameter, String help) {
        return new Option(name, "", parameter, help);
    }

    /** Returns this option with a short name. */
    Option letter(String shortName) {
        return new Option(name, shortName, parameter, help);
    }

    boolean isFlag() {
        return parameter.isEmpty();
    }

    /** Returns how it is written on a help page. */
    String shown() {
        String names = letter.isEmpty() ? "    " + name : letter + ", " + name;
        return isFlag() ? names : names + " " + parameter;
    }
}
