package io.ggen.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * A page of {@code docs/} with an example that is also the code of a test: there it stands between
 * the lines {@code // example begins} and {@code // example ends}.
 *
 * @param page the Markdown file
 */
public record GuidePage(Path page) {
    private static final String BEGINNING = "// example begins";
    private static final String END = "// example ends";

    /**
     * Checks that the page shows the example of {@code source} line by line, indentation and blank
     * lines aside.
     *
     * @throws AssertionError when it does not, or when there is no example
     */
    public void shows(Path source) throws IOException {
        List<String> code = lines(source);
        int begin = code.indexOf(BEGINNING);
        int end = code.indexOf(END);
        if (begin < 0 || end <= begin + 1) {
            throw new AssertionError(source + " has no example");
        }
        List<String> example = code.subList(begin + 1, end);
        if (Collections.indexOfSubList(lines(page), example) < 0) {
            throw new AssertionError(
                    page
                            + " does not show this example of "
                            + source
                            + ":\n"
                            + String.join("\n", example));
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
