package io.ggen.marketplace.model;

/** What went wrong, as programs see it; each code has one exit status. */
public enum ErrorCode {
    PACKAGE_NOT_FOUND(1),
    NO_MATCHING_VERSION(1),
    DEPENDENCY(1),
    CIRCULAR_DEPENDENCY(1),
    ALREADY_EXISTS(1),
    AMBIGUOUS_NAME(1),
    USAGE(2),
    VALIDATION(65),
    SERIALIZATION(65),
    NETWORK(69),
    TIMEOUT(69),
    ALL_PROVIDERS_FAILED(69),
    INTERNAL(70),
    STORAGE(74),
    INSUFFICIENT_SPACE(74),
    LOCK_TIMEOUT(75),
    PERMISSION_DENIED(77),
    SECURITY(77);

    private final int exitStatus;

    ErrorCode(int exitStatus) {
        this.exitStatus = exitStatus;
    }

    /** Returns the process exit status that stands for this code. */
    public int exitStatus() {
        return exitStatus;
    }
}
