package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.InvalidKeyException;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.multiformats.Multiaddr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A peer and where it is said to be.
 *
 * @param addresses at most {@value #MAX_ADDRESSES}; none when only the peer's name is known
 * @see <a href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md#rpc-messages">the
 *     message Peer</a>
 */
public record KadPeer(PeerId id, List<Multiaddr> addresses) {
    /** The most addresses of one peer; further ones are left out. */
    public static final int MAX_ADDRESSES = 16;

    private static final int ID = 1;
    private static final int ADDRESS = 2;
    private static final int MAX_ID = 64;

    /** Copies the list and cuts it. */
    public KadPeer {
        addresses = List.copyOf(addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size())));
    }

    Bytes encode() {
        var writer = new ProtoWriter().bytes(ID, id.multihash());
        addresses.forEach(address -> writer.bytes(ADDRESS, address.encode()));
        return writer.toBytes();
    }

    /**
     * Reads a peer; empty when its id is of a kind that is not known here. Addresses that are not
     * understood are left out.
     */
    static Optional<KadPeer> decode(Bytes message) {
        Bytes id = Bytes.empty();
        List<Bytes> addresses = new ArrayList<>();
        var reader = new ProtoReader(message);
        while (reader.next()) {
            switch (reader.field()) {
                case ID -> id = reader.bytes(message.length());
                case ADDRESS -> collect(reader, addresses);
                default -> {
                    // how the sender is connected to the peer helps nobody
                }
            }
        }
        return named(id, Multiaddr.decodeKnown(addresses, MAX_ADDRESSES));
    }

    private static void collect(ProtoReader reader, List<Bytes> addresses) {
        Bytes address = reader.bytes(Integer.MAX_VALUE);
        if (addresses.size() < MAX_ADDRESSES && address.length() <= Multiaddr.MAX_LENGTH) {
            addresses.add(address);
        }
    }

    private static Optional<KadPeer> named(Bytes id, List<Multiaddr> addresses) {
        if (id.length() > MAX_ID) {
            return Optional.empty();
        }
        try {
            return Optional.of(new KadPeer(new PeerId(id), addresses));
        } catch (InvalidKeyException e) {
            return Optional.empty();
        }
    }
}
