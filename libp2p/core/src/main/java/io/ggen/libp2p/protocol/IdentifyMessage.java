package io.ggen.libp2p.protocol;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.multiformats.Multiaddr;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a peer says of itself. In a push, what is absent has not changed.
 *
 * @param signedRecord the peer's own addresses, signed; taken only when it is about that peer
 */
record IdentifyMessage(
        Optional<PublicKey> key,
        List<Multiaddr> addresses,
        Set<String> protocols,
        Optional<Multiaddr> observed,
        Optional<String> protocolVersion,
        Optional<String> agent,
        Optional<Bytes> signedRecord) {
    static final int MAX_ADDRESSES = 64;
    static final int MAX_PROTOCOLS = 1024;

    private static final int MAX_MESSAGE = 8192;
    private static final int MAX_MESSAGES = 10;
    private static final int MAX_TEXT = 256;

    IdentifyMessage {
        addresses = List.copyOf(addresses);
        protocols = Set.copyOf(protocols);
    }

    Bytes encode() {
        var writer = new ProtoWriter();
        key.ifPresent(value -> writer.bytes(1, value.encode()));
        addresses.forEach(address -> writer.bytes(2, address.encode()));
        protocols.stream().sorted().forEach(protocol -> writer.text(3, protocol));
        observed.ifPresent(address -> writer.bytes(4, address.encode()));
        protocolVersion.ifPresent(version -> writer.text(5, version));
        agent.ifPresent(name -> writer.text(6, name));
        signedRecord.ifPresent(envelope -> writer.bytes(8, envelope));
        return writer.toBytes();
    }

    /**
     * Reads messages to the end of the stream and merges them. Throws on more or longer messages
     * than are allowed.
     */
    static IdentifyMessage read(Duplex stream) {
        var builder = new Builder();
        for (int i = 0; i < MAX_MESSAGES; i++) {
            Optional<Bytes> message = Frames.read(stream, MAX_MESSAGE);
            if (message.isEmpty()) {
                return builder.build();
            }
            builder.add(message.get());
        }
        throw new Libp2pException(
                Code.PROTOCOL_VIOLATION, "identify: more than " + MAX_MESSAGES + " messages");
    }

    private static final class Builder {
        private Optional<PublicKey> key = Optional.empty();
        private final List<Bytes> addresses = new ArrayList<>();
        private final Set<String> protocols = new LinkedHashSet<>();
        private Optional<Multiaddr> observed = Optional.empty();
        private Optional<String> protocolVersion = Optional.empty();
        private Optional<String> agent = Optional.empty();
        private Optional<Bytes> signedRecord = Optional.empty();

        void add(Bytes message) {
            var reader = new ProtoReader(message);
            while (reader.next()) {
                switch (reader.field()) {
                    case 1 ->
                            key = Optional.of(PublicKey.decode(reader.bytes(PublicKey.MAX_LENGTH)));
                    case 2 -> addAddress(reader.bytes(Multiaddr.MAX_LENGTH));
                    case 3 -> addProtocol(reader.text(MAX_TEXT));
                    case 4 ->
                            observed =
                                    Multiaddr.decodeKnown(
                                                    List.of(reader.bytes(Multiaddr.MAX_LENGTH)), 1)
                                            .stream()
                                            .findFirst();
                    case 5 -> protocolVersion = Optional.of(reader.text(MAX_TEXT));
                    case 6 -> agent = Optional.of(reader.text(MAX_TEXT));
                    case 8 -> signedRecord = Optional.of(reader.bytes(MAX_MESSAGE));
                    default -> {
                        // unknown fields are ignored
                    }
                }
            }
        }

        private void addAddress(Bytes address) {
            if (addresses.size() < MAX_ADDRESSES) {
                addresses.add(address);
            }
        }

        private void addProtocol(String protocol) {
            if (protocols.size() >= MAX_PROTOCOLS) {
                throw new Libp2pException(
                        Code.PROTOCOL_VIOLATION,
                        "identify: more than " + MAX_PROTOCOLS + " protocols");
            }
            protocols.add(protocol);
        }

        IdentifyMessage build() {
            return new IdentifyMessage(
                    key,
                    Multiaddr.decodeKnown(addresses, MAX_ADDRESSES),
                    protocols,
                    observed,
                    protocolVersion,
                    agent,
                    signedRecord);
        }
    }
}
