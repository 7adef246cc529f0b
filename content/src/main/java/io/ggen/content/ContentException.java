package io.ggen.content;

/** Content that is refused: a hostile or malformed archive, tree, block or DAG. */
public final class ContentException extends RuntimeException {
    private final Reason reason;

    /** Why content is refused. */
    public enum Reason {
        /** A path that could leave its folder or that some system cannot hold. */
        UNSAFE_PATH,
        /** Two entries that are one file on some system. */
        COLLISION,
        /** A link, device, pipe, sparse file or another entry that is neither file nor folder. */
        UNSUPPORTED_ENTRY,
        /** Bytes that do not follow their format. */
        MALFORMED,
        /** A sound archive, DAG or record that is not in the one canonical form. */
        NOT_CANONICAL,
        /** More bytes, entries or levels than the policy allows. */
        LIMIT,
        /** A block that its own CID does not describe. */
        CORRUPT_BLOCK,
        /** A block that the source does not have. */
        MISSING_BLOCK
    }

    /** Makes a refusal; {@code message} says what was read and what is wrong with it. */
    public ContentException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns why the content is refused. */
    public Reason reason() {
        return reason;
    }

    static ContentException malformed(String message) {
        return new ContentException(Reason.MALFORMED, message);
    }

    static ContentException limit(String message) {
        return new ContentException(Reason.LIMIT, message);
    }

    static ContentException notCanonical(String message) {
        return new ContentException(Reason.NOT_CANONICAL, message);
    }
}
