package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.util.Optional;

/** Keys of values: {@code /namespace/rest}, where neither part is empty. */
final class Namespaced {
    private Namespaced() {}

    /** Throws PROTOCOL_VIOLATION unless {@code key} is one and not too long. */
    static void check(Bytes key) {
        if (key.length() > KadMessage.MAX_KEY || namespace(key).isEmpty()) {
            throw new Libp2pException(
                    Code.PROTOCOL_VIOLATION,
                    "kad: the key of a value is /namespace/rest, not " + key);
        }
    }

    /** Returns the namespace of {@code key}, if it has one. */
    static Optional<String> namespace(Bytes key) {
        if (key.length() == 0 || key.get(0) != '/') {
            return Optional.empty();
        }
        int end = 1;
        while (end < key.length() && key.get(end) != '/') {
            end++;
        }
        return end == 1 || end >= key.length() - 1
                ? Optional.empty()
                : Optional.of(key.slice(1, end).utf8());
    }
}
