package io.ggen.cli;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Objects;

/** Turns whatever went wrong into one message, one hint and one exit status. */
final class Failure {
    private static final String NO_SPACE = "No space left on device";

    private final Throwable thrown;
    private final MarketplaceException error;

    Failure(Throwable thrown) {
        this.thrown = thrown;
        this.error = understood(thrown);
    }

    private static MarketplaceException understood(Throwable thrown) {
        return switch (thrown) {
            case MarketplaceException known -> known;
            case UncheckedIOException io -> ofDisk(io, Objects.requireNonNull(io.getCause()));
            case ReadOnlyFileSystemException _ ->
                    new MarketplaceException(
                            ErrorCode.PERMISSION_DENIED,
                            "the file system is read-only",
                            "choose another folder with --home or --target");
            case OutOfMemoryError _ ->
                    new MarketplaceException(
                            ErrorCode.INTERNAL,
                            "there is not enough memory",
                            "give the program more: GGEN_JAVA_OPTS=-Xmx2g");
            default -> ofBug(thrown);
        };
    }

    private static MarketplaceException ofDisk(UncheckedIOException outer, IOException e) {
        String what = describe(outer, e);
        return switch (e) {
            case AccessDeniedException _ ->
                    new MarketplaceException(
                            ErrorCode.PERMISSION_DENIED,
                            what,
                            "check who owns the file, or choose another folder with --home");
            case NoSuchFileException _ ->
                    new MarketplaceException(
                            ErrorCode.STORAGE, what, "check the path, then try again");
            default ->
                    String.valueOf(e.getMessage()).contains(NO_SPACE)
                            ? new MarketplaceException(
                                    ErrorCode.INSUFFICIENT_SPACE,
                                    what,
                                    "free some space (`ggen m clean` frees caches), then try"
                                            + " again")
                            : new MarketplaceException(
                                    ErrorCode.STORAGE,
                                    what,
                                    "check the disk and the folder's permissions; `ggen m doctor`"
                                            + " helps");
        };
    }

    private static String describe(UncheckedIOException outer, IOException e) {
        String reason =
                switch (e) {
                    case AccessDeniedException denied -> "permission denied: " + denied.getFile();
                    case NoSuchFileException missing -> "no such file: " + missing.getFile();
                    case NotDirectoryException file -> "not a directory: " + file.getFile();
                    case FileSystemException failed when failed.getReason() != null ->
                            failed.getReason() + ": " + failed.getFile();
                    default -> String.valueOf(e.getMessage());
                };
        String attempted = String.valueOf(outer.getMessage());
        return attempted.equals(e.toString()) || attempted.equals("null")
                ? reason
                : attempted + ": " + reason;
    }

    private static MarketplaceException ofBug(Throwable thrown) {
        return new MarketplaceException(
                ErrorCode.INTERNAL,
                "this is a fault of ggen itself: " + thrown,
                "run it again with -v and report what it prints");
    }

    /** Reports and returns the exit status. */
    int report(Console console) {
        if (console.json()) {
            console.data(json());
        } else {
            Text text = console.remark().red("error").add(": " + error.getMessage()).line();
            console.error(text.cyan("hint").add(": " + error.hint()).line());
        }
        if (console.verbosity() > 0) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            console.error(console.remark().dim(trace.toString()));
        }
        return error.code().exitStatus();
    }

    private String json() {
        return new Json("ggen.error/1")
                .field("code", error.code().name())
                .field("message", String.valueOf(error.getMessage()))
                .field("hint", error.hint())
                .texts("details", error.details())
                .done();
    }
}
