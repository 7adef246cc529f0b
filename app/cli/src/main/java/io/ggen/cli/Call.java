package io.ggen.cli;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.session.Session;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One call of a command: its words, where it speaks, and what it works with. */
final class Call implements AutoCloseable {
    private final String name;
    private final Arguments arguments;
    private final Console console;
    private final Surroundings around;
    private Opening.Chosen chosen = new Opening.Chosen(Optional.empty(), Optional.empty());
    private @Nullable Session session;

    Call(String name, Arguments arguments, Console console, Surroundings around) {
        this.name = name;
        this.arguments = arguments;
        this.console = console;
        this.around = around;
    }

    Console console() {
        return console;
    }

    Surroundings around() {
        return around;
    }

    /** Returns the words after the command. */
    List<String> words() {
        return arguments.words();
    }

    boolean has(String flag) {
        return arguments.has(flag);
    }

    Optional<String> value(String option) {
        return arguments.value(option);
    }

    List<String> values(String option) {
        return arguments.values(option);
    }

    /** Returns {@code text} as a path seen from where the program was called. */
    Path path(String text) {
        return around.path(text);
    }

    /** Returns the ggen home; no setting is read for it. */
    Home home() {
        return Opening.home(arguments, around);
    }

    /** Asks before something that cannot be taken back. */
    boolean confirm(String question) {
        return console.confirm(question, has("--yes"));
    }

    /** Opens the JSON object of this command. */
    Json json() {
        return new Json("ggen." + name.replace(' ', '.') + "/1");
    }

    /** Returns what the command works with; opened at the first call. */
    Session session() {
        Session open = session;
        if (open == null) {
            open = Opening.open(arguments, console, around, chosen);
            session = open;
        }
        return open;
    }

    /** Works with this registry alone, whatever else is set. */
    void workWith(String registry) {
        chosen = new Opening.Chosen(Optional.of(registry), chosen.config());
    }

    /** Reads this file instead of the home's config.toml. */
    void config(Optional<Path> file) {
        chosen = new Opening.Chosen(chosen.registry(), file);
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
