package io.ggen.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line with the command's name taken out.
 *
 * @param command {@code search}, {@code config get}; empty where there is none
 * @param rest all other words in their order
 */
record Words(String command, List<String> rest) {
    /** Finds the command: the first word that is neither an option nor an option's value. */
    static Words of(List<String> line) {
        List<String> rest = new ArrayList<>(line.size());
        String command = "";
        boolean complete = false;
        for (int i = 0; i < line.size(); i++) {
            String word = line.get(i);
            if (complete || word.equals("--")) {
                rest.addAll(line.subList(i, line.size()));
                break;
            }
            if (word.startsWith("-")) {
                rest.add(word);
                if (takesValue(word) && i + 1 < line.size()) {
                    rest.add(line.get(++i));
                }
            } else if (!(command.isEmpty() && isPrefix(word))) {
                command = command.isEmpty() ? word : command + " " + word;
                complete = !Commands.isGroup(command);
            }
        }
        return new Words(command, rest);
    }

    private static boolean isPrefix(String word) {
        return word.equals("marketplace") || word.equals("m");
    }

    private static boolean takesValue(String word) {
        return switch (word) {
            case "--home", "--registry", "--publisher", "--progress", "--color" -> true;
            default -> false;
        };
    }
}
