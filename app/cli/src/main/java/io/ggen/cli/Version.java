package io.ggen.cli;

/** The version of this program. */
final class Version {
    /** The reactor's version without {@code -SNAPSHOT}; a test compares the two. */
    static final String TEXT = "0.1.0";

    private Version() {}
}
