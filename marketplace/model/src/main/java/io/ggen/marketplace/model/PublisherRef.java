package io.ggen.marketplace.model;

/** Whose package a manifest means; resolved with the pins, petnames and keys of the reader. */
public sealed interface PublisherRef {
    /** Whoever owns the name here: pin, lockfile, namespace or the only claimant decides. */
    record Unnamed() implements PublisherRef {
        @Override
        public String toString() {
            return "";
        }
    }

    /** The publisher of the manifest that says so. */
    record Self() implements PublisherRef {
        @Override
        public String toString() {
            return "self";
        }
    }

    /** The holder of one key. */
    record Key(Did did) implements PublisherRef {
        @Override
        public String toString() {
            return did.text();
        }
    }

    /** Whom the reader's trust.toml calls so. */
    record Petname(String name) implements PublisherRef {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Reads a DID, {@code self}, a petname of 1 to 64 printable characters, or nothing from an
     * empty text; throws IllegalArgumentException on anything else.
     */
    static PublisherRef parse(String text) {
        if (text.isEmpty()) {
            return new Unnamed();
        }
        if (text.startsWith("did:")) {
            return new Key(new Did(text));
        }
        if (text.length() > 64
                || text.isBlank()
                || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("neither a DID nor a petname: " + Shown.text(text));
        }
        return text.equals("self") ? new Self() : new Petname(text);
    }
}
