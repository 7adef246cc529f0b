package io.ggen.libp2p.muxer;

import io.ggen.libp2p.Libp2pException;

/** The other side broke a rule of Yamux: it costs the connection. */
final class YamuxViolation extends Libp2pException {
    YamuxViolation(String message) {
        super(Code.PROTOCOL_VIOLATION, "yamux: " + message);
    }
}
