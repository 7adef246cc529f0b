package io.ggen.cli;

import java.util.List;

/** Writes help pages: what a command does, examples first, then every option. */
final class Help {
    private static final int COLUMN = 18;
    private static final int OPTION_COLUMN = 26;

    private Help() {}

    /** Returns the page of all commands. */
    static Text overview(Console console) {
        Text page = console.text();
        page.add("ggen marketplace: packages without a server").line().line();
        page.bold("Usage").add(": ggen marketplace COMMAND [OPTION…]   (or: ggen m COMMAND)");
        page.line();
        String group = "";
        for (CommandTable.Row row : CommandTable.ROWS) {
            if (!row.group().equals(group)) {
                group = row.group();
                page.line().bold(group).line();
            }
            page.add("  ").cyan(row.name()).pad(COLUMN - row.name().length());
            page.add(row.summary()).line();
        }
        page.line().bold("First steps").line();
        example(page, "quickstart", "publish, find, install and verify in a temporary home");
        example(page, "search \"rest api\"", "find packages");
        example(page, "install ID", "install one with its dependencies");
        page.line().add("`ggen m COMMAND --help` shows a command's page with examples.").line();
        return page;
    }

    /** Returns the page of one command. */
    static Text of(Console console, String name, Usage usage) {
        Text page = console.text();
        page.add("ggen marketplace " + name + ": " + summary(name)).line().line();
        page.bold("Usage")
                .add(": " + ("ggen marketplace " + name + " " + usage.arguments()).strip());
        page.add(usage.options().isEmpty() ? "" : " [OPTION…]").line();
        if (!usage.about().isEmpty()) {
            page.line().add(usage.about()).line();
        }
        if (Commands.isGroup(name)) {
            following(page, name);
        }
        if (!usage.examples().isEmpty()) {
            page.line().bold("Examples").line();
            for (Usage.Example example : usage.examples()) {
                example(page, example.line(), example.says());
            }
        }
        options(page, "Options", usage.options());
        options(page, "Global options", Globals.ALL);
        return page;
    }

    private static String summary(String name) {
        return Commands.isGroup(name) ? "several commands" : CommandTable.summary(name);
    }

    private static void following(Text page, String group) {
        page.line().bold("Commands").line();
        for (CommandTable.Row row : CommandTable.ROWS) {
            if (row.name().startsWith(group + " ")) {
                page.add("  ").cyan(row.name()).pad(COLUMN - row.name().length());
                page.add(row.summary()).line();
            }
        }
    }

    private static void example(Text page, String line, String says) {
        page.add("  ").dim("# " + says).line().add("  ggen m " + line).line();
    }

    private static void options(Text page, String title, List<Option> options) {
        if (options.isEmpty()) {
            return;
        }
        page.line().bold(title).line();
        for (Option option : options) {
            page.add("  ").cyan(option.shown()).pad(OPTION_COLUMN - option.shown().length());
            page.add(option.help()).line();
        }
    }
}
