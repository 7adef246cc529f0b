package io.ggen.cli;

import java.util.List;

/** Writes the completion script of bash. Works with bash 3.2, which macOS has. */
final class BashCompletion {
    private static final String BEGIN =
            """
            # bash completion for ggen
            _ggen() {
              local word=${COMP_WORDS[COMP_CWORD]} last=${COMP_WORDS[COMP_CWORD-1]}
              local name='' kind='' options='' words='' i
              local -a home
              COMPREPLY=()
              [[ $word == = ]] && word=''
              [[ $last == = ]] && last=${COMP_WORDS[COMP_CWORD-2]}
              for ((i = 1; i < COMP_CWORD; i++)); do
                case ${COMP_WORDS[i]} in
                  @VALUES@)
                    [[ ${COMP_WORDS[i+1]} == = ]] && ((i++))
                    [[ ${COMP_WORDS[i]} == --home || ${COMP_WORDS[i-1]} == --home ]] &&
                      home=(--home "${COMP_WORDS[i+1]}")
                    ((i++)) ;;
                  -*) ;;
                  marketplace|m) [[ -n $name ]] && name="$name ${COMP_WORDS[i]}" ;;
                  *) name="${name:+$name }${COMP_WORDS[i]}" ;;
                esac
              done
              case $name in
                '') words='marketplace m @FIRST@' options='@GLOBALS@' ;;
            """;

    private static final String END =
            """
                      esac
                      case $last in
                        --home|--target) COMPREPLY=($(compgen -d -- "$word")); return ;;
                        --registry) COMPREPLY=($(compgen -W 'file p2p hybrid' -- "$word")
                          $(compgen -d -- "$word")); return ;;
                        --progress) COMPREPLY=($(compgen -W 'auto json' -- "$word")); return ;;
            --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")); return ;;
                        --key) kind=keys ;;
                      esac
                      if [[ $word == -* ]]; then
                        words=$options
                      else
                        case $kind in
                          folders) COMPREPLY=($(compgen -d -- "$word")); return ;;
                          files) COMPREPLY=($(compgen -f -- "$word")); return ;;
                          shells) words='bash zsh fish' ;;
                          commands) words='@FIRST@' ;;
                          '') [[ -z $words ]] && words=$options ;;
                          *) words=$("${COMP_WORDS[0]/#\\~/$HOME}" "${home[@]}" m __complete "$kind" \\
                            "$word" 2> /dev/null) ;;
                        esac
                      fi
                      COMPREPLY=($(compgen -W "$words" -- "$word"))
                    }
                    complete -F _ggen ggen
            """;

    private BashCompletion() {}

    static String script() {
        StringBuilder out = new StringBuilder(filled(BEGIN));
        for (String group : Completion.GROUPS) {
            out.append("    ").append(group).append(") words='");
            out.append(Completion.following(group)).append("' ;;\n");
        }
        for (CommandTable.Row row : CommandTable.ROWS) {
            out.append("    '").append(row.name()).append("'|'").append(row.name());
            out.append(" '*) kind=").append(kind(row.name())).append(" options='");
            out.append(Completion.words(Completion.options(row.name()))).append("' ;;\n");
        }
        return out.append(filled(END)).toString();
    }

    private static String kind(String name) {
        CompletedWords words = CompletedWords.of(name);
        return switch (words) {
            case NOTHING -> "''";
            case FOLDERS -> "folders";
            case FILES -> "files";
            case SHELLS -> "shells";
            case COMMANDS -> "commands";
            case PACKAGES, INSTALLED, SETTINGS, KEYS -> words.asked();
        };
    }

    private static String filled(String text) {
        List<String> values = Completion.withValue(Globals.ALL);
        return text.replace("@VALUES@", String.join("|", values))
                .replace("@FIRST@", Completion.firstWords())
                .replace("@GLOBALS@", Completion.words(Globals.ALL));
    }
}
