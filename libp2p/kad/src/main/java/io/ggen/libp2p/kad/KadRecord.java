package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;

/**
 * A value under its key. When others say they received it is neither read nor sent: it is a note of
 * theirs to themselves.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md#rpc-messages">the
 *     message Record</a>
 */
public record KadRecord(Bytes key, Bytes value) {
    private static final int KEY = 1;
    private static final int VALUE = 2;

    Bytes encode() {
        return new ProtoWriter().bytes(KEY, key).bytes(VALUE, value).toBytes();
    }

    static KadRecord decode(Bytes message) {
        Bytes key = Bytes.empty();
        Bytes value = Bytes.empty();
        var reader = new ProtoReader(message);
        while (reader.next()) {
            switch (reader.field()) {
                case KEY -> key = reader.bytes(KadMessage.MAX_KEY);
                case VALUE -> value = reader.bytes(KadMessage.MAX_ACCEPTED);
                default -> {
                    // the time of receipt, and a publisher and lifetime that rust adds
                }
            }
        }
        return new KadRecord(key, value);
    }
}
