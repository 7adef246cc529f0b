package io.ggen.marketplace.core.keys;

import java.util.Optional;

/** Where passphrases come from: the environment, a terminal, nowhere. */
public interface Passphrases {
    /** Returns the passphrase that opens the key of that name; empty when nobody can be asked. */
    Optional<String> opening(String name);

    /** Returns the passphrase that a new key of that name gets; empty for none. */
    Optional<String> choosing(String name);

    /** Returns a source that knows none. */
    static Passphrases none() {
        return new Passphrases() {
            @Override
            public Optional<String> opening(String name) {
                return Optional.empty();
            }

            @Override
            public Optional<String> choosing(String name) {
                return Optional.empty();
            }
        };
    }
}
