package io.ggen.cli;

import io.ggen.marketplace.core.keys.Passphrases;

import java.util.Optional;

/** Passphrases of the environment, else of whoever sits at the terminal. */
final class AskedPassphrases implements Passphrases {
    private static final String VARIABLE = "GGEN_PASSPHRASE";

    private final Surroundings around;
    private final Console console;
    private final boolean askForNew;

    /**
     * Makes a source.
     *
     * @param askForNew whether a new key gets a passphrase that is asked for
     */
    AskedPassphrases(Surroundings around, Console console, boolean askForNew) {
        this.around = around;
        this.console = console;
        this.askForNew = askForNew;
    }

    @Override
    public Optional<String> opening(String name) {
        return around.variable(VARIABLE)
                .or(() -> console.secret("Passphrase of the key " + name + ": "));
    }

    @Override
    public Optional<String> choosing(String name) {
        Optional<String> variable = around.variable(VARIABLE);
        if (variable.isPresent() || !askForNew) {
            return variable;
        }
        String one = ask("New passphrase of the key " + name + ": ");
        if (!one.equals(ask("The same again: "))) {
            throw Arguments.usage("the two passphrases differ", "try again");
        }
        return Optional.of(one);
    }

    private String ask(String question) {
        return console.secret(question)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() ->
                        Arguments.usage(
                                "there is no terminal to ask for a passphrase at",
                                "set GGEN_PASSPHRASE"));
    }
}
