package io.ggen.cli;

/** Writes the completion script of zsh. */
final class ZshCompletion {
    private static final String BEGIN =
            """
            #compdef ggen
            # zsh completion for ggen
            _ggen() {
              local name='' kind='' i
              local -a choices options home names
              for ((i = 2; i < CURRENT; i++)); do
                case ${words[i]} in
                  @VALUES@)
                    [[ ${words[i]} == --home ]] && home=(--home "${words[i+1]}")
                    ((i++)) ;;
                  -*) ;;
                  marketplace|m) [[ -n $name ]] && name="$name ${words[i]}" ;;
                  *) name="${name:+$name }${words[i]}" ;;
                esac
              done
              case $name in
            """;

    private static final String END =
            """
                      esac
                      case ${words[CURRENT-1]} in
                        --home|--target) _files -/; return ;;
                        --registry) compadd -- file p2p hybrid; _files -/; return ;;
                        --progress) compadd -- auto json; return ;;
            --color) compadd -- auto always never; return ;;
                        --key) kind=keys ;;
                      esac
                      if [[ ${words[CURRENT]} == -* ]]; then
                        _describe 'option' options
                        return
                      fi
                      case $kind in
                        folders) _files -/ ;;
                        files) _files ;;
                        shells) compadd -- bash zsh fish ;;
                        commands) compadd -- @FIRST@ ;;
                        '') (( $#choices )) && _describe 'command' choices || _describe 'option' options ;;
                        *) names=(${(f)"$(${~words[1]} $home m __complete $kind ${words[CURRENT]} 2> /dev/null)"})
                          compadd -a names ;;
                      esac
                    }
                    compdef _ggen ggen
            """;

    private ZshCompletion() {}

    static String script() {
        StringBuilder out = new StringBuilder(filled(BEGIN));
        out.append("    '') choices=(marketplace m\n");
        for (CommandTable.Row row : CommandTable.ROWS) {
            if (row.name().indexOf(' ') < 0) {
                out.append("      ").append(described(row.name(), row.summary())).append('\n');
            }
        }
        for (String group : Completion.GROUPS) {
            out.append("      ").append(described(group, "several commands")).append('\n');
        }
        out.append("    ) ;;\n");
        for (String group : Completion.GROUPS) {
            group(out, group);
        }
        for (CommandTable.Row row : CommandTable.ROWS) {
            command(out, row.name());
        }
        return out.append(filled(END)).toString();
    }

    private static void group(StringBuilder out, String group) {
        out.append("    ").append(group).append(") choices=(");
        for (CommandTable.Row row : CommandTable.ROWS) {
            if (row.name().startsWith(group + " ")) {
                String word = row.name().substring(group.length() + 1);
                out.append(described(word, row.summary())).append(' ');
            }
        }
        out.append(") ;;\n");
    }

    private static void command(StringBuilder out, String name) {
        CompletedWords words = CompletedWords.of(name);
        String kind =
                words.asked().isEmpty() && words != CompletedWords.NOTHING
                        ? words.name().toLowerCase(java.util.Locale.ROOT)
                        : words.asked();
        out.append("    '").append(name).append("'|'").append(name).append(" '*) kind='");
        out.append(kind).append("' options=(");
        for (Option option : Completion.options(name)) {
            out.append(described(option.name(), option.help())).append(' ');
        }
        out.append(") ;;\n");
    }

    private static String described(String word, String says) {
        return Completion.quoted(word.replace(":", "\\:") + ":" + says);
    }

    private static String filled(String text) {
        return text.replace("@VALUES@", String.join("|", Completion.withValue(Globals.ALL)))
                .replace("@FIRST@", Completion.firstWords());
    }
}
