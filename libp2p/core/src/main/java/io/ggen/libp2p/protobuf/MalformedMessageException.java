package io.ggen.libp2p.protobuf;

/** Bytes that are not a message of the wire format, or break one of its limits. */
public final class MalformedMessageException extends RuntimeException {
    /** Says what is wrong and where. */
    public MalformedMessageException(String message) {
        super(message);
    }
}
