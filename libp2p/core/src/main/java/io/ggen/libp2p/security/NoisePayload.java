package io.ggen.libp2p.security;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What both sides say of themselves within the handshake: their identity, a signature over their
 * static key, and their muxers.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/noise/README.md#the-libp2p-handshake-payload">Noise,
 *     payload</a>
 */
record NoisePayload(PublicKey identity, Bytes signature, List<String> muxers) {
    private static final Bytes PREFIX = Bytes.utf8("noise-libp2p-static-key:");
    private static final int MAX_SIGNATURE = 1024;
    private static final int MAX_MUXERS = 100;
    private static final int MAX_EXTENSIONS = 16 * 1024;

    /** Returns what {@code identity} says of a connection's static key. */
    static Bytes sign(PrivateKey identity, Bytes staticKey) {
        return identity.sign(PREFIX.concat(staticKey));
    }

    Bytes encode() {
        var extensions = new ProtoWriter();
        muxers.forEach(muxer -> extensions.text(2, muxer));
        return new ProtoWriter()
                .bytes(1, identity.encode())
                .bytes(2, signature)
                .bytes(4, extensions.toBytes())
                .toBytes();
    }

    /** Reads a payload and checks that its identity signed {@code staticKey}. */
    static NoisePayload verify(Bytes payload, Bytes staticKey) {
        NoisePayload read = decode(payload);
        if (!read.identity.verify(PREFIX.concat(staticKey), read.signature)) {
            throw new Libp2pException(
                    Code.HANDSHAKE_FAILED,
                    "noise: " + read.identity.peerId() + " did not sign this connection's key");
        }
        return read;
    }

    private static NoisePayload decode(Bytes payload) {
        @Nullable PublicKey identity = null;
        Bytes signature = Bytes.empty();
        List<String> muxers = List.of();
        var reader = new ProtoReader(payload);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> identity = PublicKey.decode(reader.bytes(PublicKey.MAX_LENGTH));
                case 2 -> signature = reader.bytes(MAX_SIGNATURE);
                case 4 -> muxers = muxers(reader.bytes(MAX_EXTENSIONS));
                default -> {
                    // unknown fields are ignored
                }
            }
        }
        if (identity == null) {
            throw new Libp2pException(
                    Code.HANDSHAKE_FAILED, "noise: the other side does not say who it is");
        }
        return new NoisePayload(identity, signature, muxers);
    }

    private static List<String> muxers(Bytes extensions) {
        List<String> muxers = new ArrayList<>();
        var reader = new ProtoReader(extensions);
        while (reader.next()) {
            if (reader.field() == 2 && muxers.size() < MAX_MUXERS) {
                muxers.add(reader.text(256));
            }
        }
        return muxers;
    }
}
