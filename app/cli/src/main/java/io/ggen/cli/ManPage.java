package io.ggen.cli;

import java.util.List;
import java.util.Locale;

/** A man page in the language of troff, of the same usage that the help page shows. */
final class ManPage {
    private final StringBuilder out = new StringBuilder();

    private ManPage(String name) {
        out.append(".TH ").append(name.toUpperCase(Locale.ROOT).replace("-", "\\-"));
        out.append(" 1 \"\" \"ggen ").append(Version.TEXT).append("\" \"ggen marketplace\"\n");
    }

    /** Returns what the page of a command is called: {@code ggen-config-get}. */
    static String name(String command) {
        return "ggen-" + command.replace(' ', '-');
    }

    /** Returns the page of all commands. */
    static String overview() {
        ManPage page = new ManPage("ggen");
        page.section("NAME").line("ggen - a package marketplace without a server");
        page.section("SYNOPSIS").line("ggen marketplace COMMAND [OPTION…]");
        page.command(".br").line("ggen m COMMAND [OPTION…]");
        String group = "";
        page.section("COMMANDS");
        for (CommandTable.Row row : CommandTable.ROWS) {
            if (!row.group().equals(group)) {
                group = row.group();
                page.command(".SS").line(group);
            }
            page.command(".TP").bold(row.name()).line(row.summary());
        }
        page.options("OPTIONS", Globals.ALL);
        page.exitStatus();
        page.section("FILES").line("~/.ggen/config.toml, ~/.ggen/trust.toml, ~/.ggen/keys");
        page.section("ENVIRONMENT");
        page.line("GGEN_HOME, GGEN_PASSPHRASE, GGEN_JAVA_HOME, NO_COLOR, FORCE_COLOR, and GGEN_");
        page.line("with the name of a setting in capitals");
        page.section("SEE ALSO").line("The page of a command: man ggen-install");
        return page.out.toString();
    }

    /** Returns the page of one command. */
    static String of(CommandTable.Row row) {
        Usage usage = CommandLine.find(row.name()).usage();
        ManPage page = new ManPage(name(row.name()));
        page.section("NAME").line(name(row.name()) + " - " + row.summary());
        page.section("SYNOPSIS").line("ggen marketplace " + row.name() + " " + usage.arguments());
        if (!usage.about().isEmpty()) {
            page.section("DESCRIPTION").line(usage.about());
        }
        page.section("EXAMPLES");
        for (Usage.Example example : usage.examples()) {
            page.command(".TP").bold("ggen m " + example.line()).line(example.says());
        }
        page.options("OPTIONS", usage.options());
        page.options("GLOBAL OPTIONS", Globals.ALL);
        page.exitStatus();
        page.section("SEE ALSO").line("ggen(1)");
        return page.out.toString();
    }

    private void options(String title, List<Option> options) {
        if (!options.isEmpty()) {
            section(title);
        }
        for (Option option : options) {
            command(".TP").bold(option.shown().strip()).line(option.help());
        }
    }

    private void exitStatus() {
        section("EXIT STATUS");
        line("0 done; 1 not found, no matching version, conflict; 2 wrong usage; 65 invalid");
        line("manifest, index or lockfile; 69 network; 70 fault of ggen; 74 storage; 75 lock;");
        line("77 permission or security; 141 the reader of the output left");
    }

    private ManPage section(String title) {
        out.append(".SH ").append(title).append('\n');
        return this;
    }

    private ManPage command(String request) {
        out.append(request).append('\n');
        return this;
    }

    private ManPage bold(String text) {
        out.append(".B ").append(escaped(text).replace("\"", "\\(dq")).append('\n');
        return this;
    }

    private ManPage line(String text) {
        for (String line : text.split("\n", -1)) {
            boolean request = line.startsWith(".") || line.startsWith("'");
            out.append(request ? "\\&" : "").append(escaped(line)).append('\n');
        }
        return this;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\e");
                case '-' -> out.append("\\-");
                case '`' -> out.append("\\(ga");
                case '~' -> out.append("\\(ti");
                case '^' -> out.append("\\(ha");
                default -> {
                    if (c < 128) {
                        out.append(c);
                    } else {
                        out.append(String.format(Locale.ROOT, "\\[u%04X]", (int) c));
                    }
                }
            }
        }
        return out.toString();
    }
}
