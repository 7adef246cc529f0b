package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one message of the protocol, request or answer, as it is on the wire without its length.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md#rpc-messages">RPC
 *     messages</a>
 */
record KadMessage(
        Operation type,
        Bytes key,
        Optional<KadRecord> record,
        List<KadPeer> closer,
        List<KadPeer> providers) {
    /** The longest message that is taken. */
    static final int MAX_ACCEPTED = 4 << 20;

    /** The longest message that is sent: what rust-libp2p takes. */
    static final int MAX_SENT = 16 << 10;

    /** The longest key. */
    static final int MAX_KEY = 1024;

    /** The most peers of either kind that are read of one message. */
    static final int MAX_PEERS = 256;

    private static final int TYPE = 1;
    private static final int KEY = 2;
    private static final int RECORD = 3;
    private static final int CLOSER = 8;
    private static final int PROVIDER = 9;

    /** What a message asks for or answers. */
    enum Operation {
        PUT_VALUE(0),
        GET_VALUE(1),
        ADD_PROVIDER(2),
        GET_PROVIDERS(3),
        FIND_NODE(4),
        PING(5);

        private final int number;

        Operation(int number) {
            this.number = number;
        }

        private static Operation of(int number) {
            for (Operation type : values()) {
                if (type.number == number) {
                    return type;
                }
            }
            throw new MalformedMessageException("there is no message of type " + number);
        }
    }

    KadMessage {
        closer = List.copyOf(closer);
        providers = List.copyOf(providers);
    }

    /**
     * Returns the message in at most 16 KiB: peers are left out from the end of their list, and
     * providers leave a quarter of the room to the peers that are closer.
     *
     * @throws IllegalArgumentException when key and record alone are longer
     */
    Bytes encode() {
        var writer = new ProtoWriter();
        if (type != Operation.PUT_VALUE) {
            writer.uint64(TYPE, type.number);
        }
        if (key.length() > 0) {
            writer.bytes(KEY, key);
        }
        record.ifPresent(value -> writer.bytes(RECORD, value.encode()));
        int room = MAX_SENT - writer.toBytes().length();
        if (room < 0) {
            throw new IllegalArgumentException(
                    "a message of " + type + " is longer than " + MAX_SENT + " bytes");
        }
        Bytes provided = fitting(PROVIDER, providers, closer.isEmpty() ? room : room / 4 * 3);
        Bytes nearer = fitting(CLOSER, closer, room - provided.length());
        return writer.toBytes().concat(nearer).concat(provided);
    }

    private static Bytes fitting(int field, List<KadPeer> peers, int room) {
        Bytes fit = Bytes.empty();
        for (KadPeer peer : peers) {
            Bytes longer = fit.concat(new ProtoWriter().bytes(field, peer.encode()).toBytes());
            if (longer.length() > room) {
                return fit;
            }
            fit = longer;
        }
        return fit;
    }

    /** Reads a message of at most 4 MiB; throws {@link MalformedMessageException}. */
    static KadMessage decode(Bytes message) {
        if (message.length() > MAX_ACCEPTED) {
            throw new MalformedMessageException(
                    "a message of " + message.length() + " bytes is too long");
        }
        var builder = new Builder();
        var reader = new ProtoReader(message);
        while (reader.next()) {
            builder.take(reader);
        }
        return builder.build();
    }

    private static final class Builder {
        private Operation type = Operation.PUT_VALUE;
        private Bytes key = Bytes.empty();
        private Optional<KadRecord> record = Optional.empty();
        private final List<KadPeer> closer = new ArrayList<>();
        private final List<KadPeer> providers = new ArrayList<>();

        void take(ProtoReader reader) {
            switch (reader.field()) {
                case TYPE -> type = Operation.of(reader.saturatedInt());
                case KEY -> key = reader.bytes(MAX_KEY);
                case RECORD -> record = Optional.of(KadRecord.decode(reader.bytes(MAX_ACCEPTED)));
                case CLOSER -> add(closer, reader);
                case PROVIDER -> add(providers, reader);
                default -> {
                    // unknown fields are ignored, and so is the cluster level that nobody uses
                }
            }
        }

        private static void add(List<KadPeer> peers, ProtoReader reader) {
            Bytes peer = reader.bytes(MAX_ACCEPTED);
            if (peers.size() < MAX_PEERS) {
                KadPeer.decode(peer).ifPresent(peers::add);
            }
        }

        KadMessage build() {
            return new KadMessage(type, key, record, closer, providers);
        }
    }
}
