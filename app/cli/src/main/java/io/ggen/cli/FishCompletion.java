package io.ggen.cli;

import java.util.Locale;

/** Writes the completion script of fish. */
final class FishCompletion {
    private static final String BEGIN =
            """
            # fish completion for ggen
            function __ggen_name
              set -l skip 0
              set -l name
              for word in (commandline -opc)[2..-1]
                if test $skip = 1
                  set skip 0
                else if contains -- $word @VALUES@
                  set skip 1
                else if string match -q -- '-*' $word
                  continue
                else if test -n "$name"; or not contains -- $word marketplace m
                  set -a name $word
                end
              end
              string join ' ' -- $name
            end
            function __ggen_at
              set -l name (__ggen_name)
              test "$name" = "$argv"; or begin
                test -n "$argv"; and string match -q -- "$argv *" "$name"
              end
            end
            function __ggen_names
              set -l line (commandline -opc)
              set -l home
              set -l at (contains -i -- --home $line)
              and set home --home $line[(math $at + 1)]
              $line[1] $home m __complete $argv[1] (commandline -ct) 2> /dev/null
            end
            complete -c ggen -f
            """;

    private FishCompletion() {}

    static String script() {
        StringBuilder out = new StringBuilder();
        out.append(BEGIN.replace("@VALUES@", String.join(" ", Completion.withValue(Globals.ALL))));
        for (CommandTable.Row row : CommandTable.ROWS) {
            int space = row.name().indexOf(' ');
            String before = space < 0 ? "" : row.name().substring(0, space);
            line(out, before, "-a " + row.name().substring(space + 1), row.summary());
            words(out, row.name());
            for (Option option : CommandLine.find(row.name()).usage().options()) {
                line(out, row.name(), words(option), option.help());
            }
        }
        for (String group : Completion.GROUPS) {
            line(out, "", "-a " + group, "several commands");
        }
        for (Option option : Globals.ALL) {
            out.append("complete -c ggen ").append(words(option));
            out.append(" -d ").append(Completion.quoted(option.help())).append('\n');
        }
        return out.toString();
    }

    private static void words(StringBuilder out, String name) {
        CompletedWords words = CompletedWords.of(name);
        switch (words) {
            case NOTHING -> {}
            case PACKAGES, INSTALLED, SETTINGS, KEYS ->
                    line(out, name, "-a '(__ggen_names " + words.asked() + ")'", words.asked());
            case FOLDERS, FILES -> line(out, name, "-F", words.name().toLowerCase(Locale.ROOT));
            case SHELLS -> line(out, name, "-a 'bash zsh fish'", "shell");
            case COMMANDS ->
                    line(out, name, "-a " + Completion.quoted(Completion.firstWords()), "command");
        }
    }

    private static void line(StringBuilder out, String at, String what, String says) {
        out.append("complete -c ggen -n ").append(Completion.quoted("__ggen_at " + at));
        out.append(' ').append(what).append(" -d ").append(Completion.quoted(says)).append('\n');
    }

    private static String words(Option option) {
        String letter = option.letter().isEmpty() ? "" : " -s " + option.letter().substring(1);
        return "-l " + option.name().substring(2) + letter + value(option);
    }

    private static String value(Option option) {
        if (option.isFlag()) {
            return "";
        }
        String values = CompletedWords.values(option.name());
        CompletedWords words = CompletedWords.ofOption(option.name());
        if (!values.isEmpty()) {
            return " -x -a " + Completion.quoted(values);
        }
        return words == CompletedWords.FOLDERS
                ? " -r -a '(__fish_complete_directories)'"
                : words == CompletedWords.KEYS ? " -x -a '(__ggen_names keys)'" : " -x";
    }
}
