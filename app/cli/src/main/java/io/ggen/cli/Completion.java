package io.ggen.cli;

import java.util.ArrayList;
import java.util.List;

/** Writes completion scripts from the commands' own usages. */
final class Completion {
    private Completion() {}

    static String bash() {
        StringBuilder out = new StringBuilder("# bash completion for ggen\n");
        out.append("_ggen() {\n");
        out.append("  local word=${COMP_WORDS[COMP_CWORD]} i name='' words=''\n");
        out.append("  for ((i = 1; i < COMP_CWORD; i++)); do\n");
        out.append("    case ${COMP_WORDS[i]} in\n");
        out.append("      -*|marketplace|m) ;;\n");
        out.append("      *) name=\"${name:+$name }${COMP_WORDS[i]}\" ;;\n");
        out.append("    esac\n  done\n");
        out.append("  case $name in\n");
        out.append("    '') words='marketplace m ").append(firstWords()).append("' ;;\n");
        for (String group : groups()) {
            out.append("    ").append(group).append(") words='");
            out.append(following(group)).append("' ;;\n");
        }
        for (CommandTable.Row row : CommandTable.ROWS) {
            out.append("    '").append(row.name()).append("'*) words='");
            out.append(optionWords(row.name())).append("' ;;\n");
        }
        out.append("  esac\n");
        out.append("  [[ $word == -* && -z $name ]] && words='");
        out.append(globals()).append("'\n");
        out.append("  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n");
        out.append("  [[ ${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- \"$word\"))\n");
        return out.append("}\ncomplete -F _ggen ggen\n").toString();
    }

    static String zsh() {
        StringBuilder out = new StringBuilder("#compdef ggen\n# zsh completion for ggen\n");
        out.append("_ggen() {\n  local name='' i\n");
        out.append("  local -a choices\n");
        out.append("  for ((i = 2; i < CURRENT; i++)); do\n");
        out.append("    case ${words[i]} in\n      -*|marketplace|m) ;;\n");
        out.append("      *) name=\"${name:+$name }${words[i]}\" ;;\n    esac\n  done\n");
        out.append("  case $name in\n    '') choices=(marketplace m\n");
        for (CommandTable.Row row : CommandTable.ROWS) {
            if (row.name().indexOf(' ') < 0) {
                out.append("      ").append(described(row.name(), row.summary())).append('\n');
            }
        }
        for (String group : groups()) {
            out.append("      ").append(described(group, "several commands")).append('\n');
        }
        out.append("    ) ;;\n");
        for (String group : groups()) {
            out.append("    ").append(group).append(") choices=(");
            out.append(following(group)).append(") ;;\n");
        }
        for (CommandTable.Row row : CommandTable.ROWS) {
            out.append("    '").append(row.name()).append("'*) choices=(");
            for (Option option : options(row.name())) {
                out.append(described(option.name(), option.help())).append(' ');
            }
            out.append(") ;;\n");
        }
        out.append("  esac\n  _describe 'ggen' choices || _files\n}\n");
        return out.append("compdef _ggen ggen\n").toString();
    }

    static String fish() {
        StringBuilder out = new StringBuilder("# fish completion for ggen\n");
        out.append("function __ggen_at\n");
        out.append("  set -l words (commandline -opc)[2..-1]\n");
        out.append("  set -l name (string join ' ' -- (string match -v -r '^(-.*|marketplace|m)$'");
        out.append(" -- $words))\n");
        out.append("  test \"$name\" = \"$argv\"; or ");
        out.append("test -n \"$argv\"; and string match -q -- \"$argv *\" \"$name\"\nend\n");
        for (CommandTable.Row row : CommandTable.ROWS) {
            int space = row.name().indexOf(' ');
            String before = space < 0 ? "" : row.name().substring(0, space);
            fish(out, before, "-f -a " + row.name().substring(space + 1), row.summary());
            for (Option option : usage(row.name()).options()) {
                fish(out, row.name(), words(option), option.help());
            }
        }
        for (String group : groups()) {
            fish(out, "", "-f -a " + group, "several commands");
        }
        for (Option option : Globals.ALL) {
            out.append("complete -c ggen ").append(words(option));
            out.append(" -d ").append(quoted(option.help())).append('\n');
        }
        return out.toString();
    }

    private static void fish(StringBuilder out, String at, String what, String says) {
        out.append("complete -c ggen -n ").append(quoted("__ggen_at " + at));
        out.append(' ').append(what).append(" -d ").append(quoted(says)).append('\n');
    }

    private static String words(Option option) {
        String letter = option.letter().isEmpty() ? "" : " -s " + option.letter().substring(1);
        return "-l " + option.name().substring(2) + letter + (option.isFlag() ? "" : " -r");
    }

    private static String described(String word, String says) {
        return quoted(word.replace(":", "\\:") + ":" + says);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "") + "'";
    }

    private static Usage usage(String name) {
        return CommandLine.find(name).usage();
    }

    private static List<Option> options(String name) {
        List<Option> all = new ArrayList<>(usage(name).options());
        all.addAll(Globals.ALL);
        return all;
    }

    private static String optionWords(String name) {
        StringBuilder out = new StringBuilder();
        for (Option option : options(name)) {
            out.append(out.isEmpty() ? "" : " ").append(option.name());
        }
        return out.toString();
    }

    private static String globals() {
        StringBuilder out = new StringBuilder();
        for (Option option : Globals.ALL) {
            out.append(out.isEmpty() ? "" : " ").append(option.name());
        }
        return out.toString();
    }

    private static String firstWords() {
        StringBuilder out = new StringBuilder(String.join(" ", groups()));
        for (CommandTable.Row row : CommandTable.ROWS) {
            out.append(row.name().indexOf(' ') < 0 ? " " + row.name() : "");
        }
        return out.toString();
    }

    private static List<String> groups() {
        return List.of("config", "key", "trust", "p2p");
    }

    private static String following(String group) {
        StringBuilder out = new StringBuilder();
        for (CommandTable.Row row : CommandTable.ROWS) {
            if (row.name().startsWith(group + " ")) {
                out.append(out.isEmpty() ? "" : " ");
                out.append(row.name(), group.length() + 1, row.name().length());
            }
        }
        return out.toString();
    }
}
