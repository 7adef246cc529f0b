package io.ggen.marketplace.core.store;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;

/** Turns failures of the disk into errors that say what was attempted and what helps. */
public final class StorageFailure {
    private StorageFailure() {}

    /**
     * Returns an error for {@code cause}: INSUFFICIENT_SPACE where the disk is full,
     * PERMISSION_DENIED where access is, else STORAGE.
     *
     * @param attempted what was tried, as in "Cannot " + attempted
     */
    public static MarketplaceException of(String attempted, IOException cause) {
        return new MarketplaceException(code(cause), message(attempted, cause), hint(cause))
                .causedBy(cause);
    }

    /** Returns whether {@code failure} says that the disk is full. */
    public static boolean isFull(Throwable failure) {
        String message = failure.getMessage();
        return message != null
                && (message.contains("No space left")
                        || message.contains("SQLITE_FULL")
                        || message.contains("Disk quota exceeded"));
    }

    private static ErrorCode code(IOException cause) {
        if (isFull(cause)) {
            return ErrorCode.INSUFFICIENT_SPACE;
        }
        return cause instanceof AccessDeniedException
                ? ErrorCode.PERMISSION_DENIED
                : ErrorCode.STORAGE;
    }

    private static String message(String attempted, IOException cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return "Cannot "
                + attempted
                + ": "
                + (cause instanceof AccessDeniedException ? "access denied to " : "")
                + reason;
    }

    private static String hint(IOException cause) {
        return switch (code(cause)) {
            case INSUFFICIENT_SPACE ->
                    "Nothing was changed. Free some space: `ggen m clean` removes what no project"
                            + " needs any more.";
            case PERMISSION_DENIED -> "Check who owns that file and whether you may write there.";
            default -> "Check the disk, then try again: nothing was left half-done.";
        };
    }
}
