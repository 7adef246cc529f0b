package io.ggen.cli;

import java.util.List;

/** Shows the page of a command, or the overview. */
final class HelpCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "[COMMAND]",
                2,
                List.of(),
                "The same as COMMAND --help; without COMMAND all commands.",
                List.of(
                        new Usage.Example("help install", "the page of install"),
                        new Usage.Example("help config set", "of a command of two words")));
    }

    @Override
    public int run(Call call) {
        String name = String.join(" ", call.words());
        Console console = call.console();
        Text page =
                name.isEmpty()
                        ? Help.overview(console)
                        : Help.of(console, name, CommandLine.find(name).usage());
        console.data(page.toString());
        return 0;
    }
}
