package io.ggen.cli;

import java.util.List;

/**
 * How a command is used: all that its help page, its completion and its parser need.
 *
 * @param arguments the words after the command, as a help page shows them
 * @param most how many words it takes at most
 * @param options its own options, without the global ones
 * @param about some sentences below the summary, or empty
 * @param examples command lines and what they do
 */
record Usage(
        String arguments, int most, List<Option> options, String about, List<Example> examples) {
    /** Any number of words. */
    static final int MANY = Integer.MAX_VALUE;

    /**
     * An example of a help page.
     *
     * @param line the command line after {@code ggen marketplace}
     * @param says what it does
     */
    record Example(String line, String says) {}

    /** Returns how many words the command needs at least: those that are not in brackets. */
    int least() {
        int count = 0;
        for (String word : arguments.split(" ", -1)) {
            count += word.isEmpty() || word.startsWith("[") ? 0 : 1;
        }
        return count;
    }
}
