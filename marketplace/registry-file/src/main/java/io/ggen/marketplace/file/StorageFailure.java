package io.ggen.marketplace.file;

import io.ggen.base.ProcessLock;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Map;

/** Says what a failed operation on the disk means for the user. */
final class StorageFailure {
    private StorageFailure() {}

    /**
     * Makes the error of an {@code attempt}, such as "publish a 1.0.0", in the registry at {@code
     * root}.
     */
    static MarketplaceException of(String attempt, Path root, Exception cause) {
        String message = "cannot " + attempt + " in " + root + ": ";
        MarketplaceException failure =
                switch (cause) {
                    case ProcessLock.HeldException held ->
                            new MarketplaceException(
                                    ErrorCode.LOCK_TIMEOUT,
                                    message + held.holder() + " is still writing to it",
                                    "wait for " + held.holder() + " to finish and try again");
                    case AccessDeniedException denied ->
                            new MarketplaceException(
                                    ErrorCode.PERMISSION_DENIED,
                                    message + denied.getFile() + " may not be used",
                                    "give yourself access to it, or name another registry with"
                                            + " --registry DIRECTORY");
                    case ReadOnlyFileSystemException readOnly ->
                            new MarketplaceException(
                                    ErrorCode.PERMISSION_DENIED,
                                    message + "it cannot be written to",
                                    "name another registry with --registry DIRECTORY");
                    case IndexScan.BrokenException broken ->
                            new MarketplaceException(
                                    ErrorCode.SERIALIZATION,
                                    message + "index.json is damaged: " + broken.getMessage(),
                                    "try again: it is made anew from the packages");
                    default ->
                            isFull(cause)
                                    ? full(message, root, -1)
                                    : new MarketplaceException(
                                            ErrorCode.STORAGE,
                                            message + cause.getMessage(),
                                            "look after the disk and the folder's permissions,"
                                                    + " then try again: nothing is half-written");
                };
        return failure.causedBy(cause);
    }

    /** Makes the error of a disk that has less than {@code required} bytes; -1 is unknown. */
    static MarketplaceException full(String message, Path root, long required) {
        long available = available(root);
        String needed = required < 0 ? "" : required + " bytes are needed, ";
        return new MarketplaceException(
                ErrorCode.INSUFFICIENT_SPACE,
                message + "the disk is full (" + needed + available + " bytes are free)",
                "free some space, for instance with: ggen marketplace clean",
                required < 0
                        ? Map.of("available", Long.toString(available))
                        : Map.of(
                                "available",
                                Long.toString(available),
                                "required",
                                Long.toString(required)));
    }

    static long available(Path root) {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean isFull(Exception cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded");
    }
}
