package io.ggen.cli;

import java.io.IOException;

/** Standard output cannot be written any more. */
final class OutputFailed extends RuntimeException {
    private static final int READER_LEFT = 141;
    private static final int CANNOT_WRITE = 74;

    OutputFailed(IOException cause) {
        super(cause);
    }

    /** Returns whether the reader went away, which is no fault: {@code ggen … | head}. */
    boolean readerLeft() {
        String message = String.valueOf(getCause().getMessage());
        return message.contains("Broken pipe") || message.contains("pipe is being closed");
    }

    int status() {
        return readerLeft() ? READER_LEFT : CANNOT_WRITE;
    }

    @Override
    public synchronized Throwable getCause() {
        Throwable cause = super.getCause();
        return cause == null ? this : cause;
    }
}
