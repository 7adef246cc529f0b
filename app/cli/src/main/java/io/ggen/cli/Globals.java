package io.ggen.cli;

import java.util.List;

/** The options that every command takes, before or after its name. */
final class Globals {
    static final Option HOME =
            Option.value("--home", "DIR", "the ggen home (else GGEN_HOME, else ~/.ggen)");
    static final Option REGISTRY =
            Option.value("--registry", "WHERE", "file, p2p, hybrid, a directory or a URL");
    static final Option PUBLISHER =
            Option.value("--publisher", "DID", "whose packages: a did:key or a petname");
    static final Option P2P = Option.flag("--p2p", "the same as --registry hybrid");
    static final Option OFFLINE = Option.flag("--offline", "use what is on this machine alone");
    static final Option JSON = Option.flag("--json", "print one JSON object");
    static final Option QUIET = Option.flag("--quiet", "print errors alone").letter("-q");
    static final Option VERBOSE =
            Option.flag("--verbose", "say more; may be repeated").letter("-v");
    static final Option NO_COLOR = Option.flag("--no-color", "the same as --color never");
    static final Option COLOR =
            Option.value("--color", "WHEN", "auto, always or never; before all variables");
    static final Option PROGRESS =
            Option.value("--progress", "HOW", "auto, or json: lines on standard error");
    static final Option YES = Option.flag("--yes", "answer every question with yes").letter("-y");
    static final Option HELP = Option.flag("--help", "show this page").letter("-h");
    static final Option VERSION = Option.flag("--version", "print the version").letter("-V");

    /** All of them, in the order of the help page. */
    static final List<Option> ALL =
            List.of(
                    HOME, REGISTRY, PUBLISHER, P2P, OFFLINE, JSON, QUIET, VERBOSE, COLOR, NO_COLOR,
                    PROGRESS, YES, HELP, VERSION);

    private Globals() {}
}
