package io.ggen.libp2p.protobuf;

import io.ggen.libp2p.Libp2pException;

/** Bytes that are not a message of the wire format, or break one of its limits. */
public final class MalformedMessageException extends Libp2pException {
    /** Says what is wrong and where. */
    public MalformedMessageException(String message) {
        super(Code.MALFORMED, message);
    }
}
