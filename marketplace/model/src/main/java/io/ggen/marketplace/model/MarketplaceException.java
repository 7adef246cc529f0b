package io.ggen.marketplace.model;

import java.util.Map;
import java.util.TreeMap;

/** A command cannot go on: says what was tried with what and why it failed, and what to do next. */
public final class MarketplaceException extends RuntimeException {
    private final ErrorCode code;
    private final String hint;
    private final Map<String, String> details;

    /**
     * Makes an error.
     *
     * @param message what was attempted, with what, and why it failed: one sentence, or several
     *     lines
     * @param hint what the reader can do next: a command line where one helps
     */
    public MarketplaceException(ErrorCode code, String message, String hint) {
        this(code, message, hint, Map.of());
    }

    /**
     * Makes an error with {@code details}: named facts for programs, such as {@code id} or {@code
     * required}.
     */
    public MarketplaceException(
            ErrorCode code, String message, String hint, Map<String, String> details) {
        super(message);
        this.code = code;
        this.hint = hint;
        this.details = Map.copyOf(details);
    }

    /** Returns this error with {@code cause} attached. */
    public MarketplaceException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    /** Returns what went wrong. */
    public ErrorCode code() {
        return code;
    }

    /** Returns what to do next. */
    public String hint() {
        return hint;
    }

    /** Returns named facts, sorted by name. */
    public Map<String, String> details() {
        return new TreeMap<>(details);
    }
}
