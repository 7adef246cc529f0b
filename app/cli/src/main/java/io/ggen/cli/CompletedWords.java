package io.ggen.cli;

/** What the words after a command's name are, as far as a shell can complete them. */
enum CompletedWords {
    /** Nothing that could be listed: options are offered at once. */
    NOTHING(""),
    /** Ids of the registry, asked of the program. */
    PACKAGES("packages"),
    /** Ids of what is installed, asked of the program. */
    INSTALLED("installed"),
    /** Names of settings, asked of the program. */
    SETTINGS("settings"),
    /** Names of publisher keys, asked of the program. */
    KEYS("keys"),
    /** Folders. */
    FOLDERS(""),
    /** Files. */
    FILES(""),
    /** The three shells. */
    SHELLS(""),
    /** Names of commands. */
    COMMANDS("");

    private final String asked;

    CompletedWords(String asked) {
        this.asked = asked;
    }

    /** Returns what to ask the program for; empty where the shell knows by itself. */
    String asked() {
        return asked;
    }

    /** Returns what the words of a command are. */
    static CompletedWords of(String command) {
        return switch (command) {
            case "install", "add", "info", "yank", "unpublish", "trust pin" -> PACKAGES;
            case "remove", "update", "why", "verify" -> INSTALLED;
            case "config get", "config set" -> SETTINGS;
            case "key export" -> KEYS;
            case "publish", "import" -> FOLDERS;
            case "key import" -> FILES;
            case "completion" -> SHELLS;
            case "help" -> COMMANDS;
            default -> NOTHING;
        };
    }

    /** Returns what the value of an option is. */
    static CompletedWords ofOption(String option) {
        return switch (option) {
            case "--home", "--target" -> FOLDERS;
            case "--key" -> KEYS;
            default -> NOTHING;
        };
    }

    /** Returns the values that an option knows by name, with spaces between. */
    static String values(String option) {
        return switch (option) {
            case "--registry" -> "file p2p hybrid";
            case "--color" -> "auto always never";
            case "--progress" -> "auto json";
            default -> "";
        };
    }
}
