package io.ggen.libp2p;

/**
 * Something between two peers failed: the other side broke a rule, went away or took too long, or
 * the network did. The connection or stream that it happened on is of no more use.
 */
public class Libp2pException extends RuntimeException {
    private final Code code;

    /** What failed. */
    public enum Code {
        /** Bytes that are not what their protocol demands. */
        MALFORMED,
        /** A key, peer id, signature or signed record that is not valid. */
        INVALID_KEY,
        /** A rule of a protocol was broken. */
        PROTOCOL_VIOLATION,
        /** The two sides have no protocol in common. */
        UNSUPPORTED_PROTOCOL,
        /** The other side is not the peer that was expected, or could not prove who it is. */
        HANDSHAKE_FAILED,
        /** The other side, or this one, ended the stream at once. */
        STREAM_RESET,
        /** The connection is closed. */
        CONNECTION_CLOSED,
        /** Nothing happened within the time allowed. */
        TIMEOUT,
        /** A limit of this host was reached. */
        LIMIT_EXCEEDED,
        /** No address of the peer could be reached. */
        DIAL_FAILED,
        /** The operating system reported an error. */
        IO
    }

    /** Says what was attempted and why it failed. */
    public Libp2pException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** Says what was attempted and why it failed, found through {@code cause}. */
    public Libp2pException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Returns what failed. */
    public Code code() {
        return code;
    }
}
