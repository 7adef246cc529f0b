package io.ggen.libp2p.key;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.multiformats.Multiaddr;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The addresses of a peer, signed by itself.
 *
 * @param sequence larger in each later record of the same peer; compared as an unsigned number
 * @param addresses those that are understood here, at most {@link #MAX_ADDRESSES}
 * @see <a href="https://github.com/libp2p/specs/blob/master/RFC/0003-routing-records.md">RFC
 *     0003</a>
 */
public record PeerRecord(PeerId peer, long sequence, List<Multiaddr> addresses) {
    /** The most addresses that are taken from one record. */
    public static final int MAX_ADDRESSES = 64;

    private static final String DOMAIN = "libp2p-peer-record";
    private static final Bytes TYPE = Bytes.fromHex("0301");
    private static final String OLD_DOMAIN = "libp2p-routing-state";
    private static final Bytes OLD_TYPE = Bytes.utf8("/libp2p/routing-state-record");

    /** Copies the list. */
    public PeerRecord {
        addresses = List.copyOf(addresses);
    }

    /** Signs this record with the key of its peer; returns the encoded envelope. */
    public Bytes seal(PrivateKey key) {
        if (!peer.matches(key.publicKey())) {
            throw new IllegalArgumentException("a peer record is signed with its own peer's key");
        }
        return SignedEnvelope.seal(key, DOMAIN, TYPE, encode()).encode();
    }

    /**
     * Reads a signed record, in the domain that is deployed or in the one of the old text.
     *
     * @throws InvalidKeyException when it is malformed, not signed, or about another peer than its
     *     signer
     */
    public static PeerRecord open(Bytes envelope) {
        SignedEnvelope opened;
        try {
            opened = SignedEnvelope.open(envelope, DOMAIN);
            requireType(opened, TYPE);
        } catch (InvalidKeyException e) {
            opened = SignedEnvelope.open(envelope, OLD_DOMAIN);
            requireType(opened, OLD_TYPE);
        }
        PeerRecord record = decode(opened.payload());
        if (!record.peer.matches(opened.key())) {
            throw new InvalidKeyException(
                    "a peer record about " + record.peer + " is signed by another key");
        }
        return record;
    }

    private static void requireType(SignedEnvelope envelope, Bytes type) {
        if (!envelope.payloadType().equals(type)) {
            throw new InvalidKeyException("the envelope holds no peer record");
        }
    }

    private Bytes encode() {
        var writer = new ProtoWriter().bytes(1, peer.multihash()).uint64(2, sequence);
        for (Multiaddr address : addresses) {
            writer.bytes(3, new ProtoWriter().bytes(1, address.encode()).toBytes());
        }
        return writer.toBytes();
    }

    private static PeerRecord decode(Bytes payload) {
        @Nullable PeerId peer = null;
        long sequence = 0;
        List<Bytes> addresses = new ArrayList<>();
        try {
            var reader = new ProtoReader(payload);
            while (reader.next()) {
                switch (reader.field()) {
                    case 1 -> peer = new PeerId(reader.bytes(128));
                    case 2 -> sequence = reader.uint64();
                    case 3 -> {
                        if (addresses.size() < MAX_ADDRESSES) {
                            addresses.add(address(reader.bytes(Multiaddr.MAX_LENGTH + 8)));
                        }
                    }
                    default -> {
                        // unknown fields are ignored
                    }
                }
            }
        } catch (MalformedMessageException e) {
            throw new InvalidKeyException("malformed peer record: " + e.getMessage(), e);
        }
        if (peer == null) {
            throw new InvalidKeyException("the peer record names no peer");
        }
        return new PeerRecord(peer, sequence, Multiaddr.decodeKnown(addresses, MAX_ADDRESSES));
    }

    private static Bytes address(Bytes info) {
        var reader = new ProtoReader(info);
        while (reader.next()) {
            if (reader.field() == 1) {
                return reader.bytes(Multiaddr.MAX_LENGTH);
            }
        }
        return Bytes.empty();
    }
}
