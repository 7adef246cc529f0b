package io.ggen.libp2p.host;

/**
 * Speaks a protocol on a stream that another peer opened. Called on a virtual thread of its own;
 * the stream is closed when it returns and reset when it throws.
 */
@FunctionalInterface
public interface StreamHandler {
    /** Handles {@code stream} to its end. */
    void handle(Stream stream);
}
