package io.ggen.libp2p.key;

import io.ggen.base.Bytes;
import io.ggen.base.Varint;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;

import org.jspecify.annotations.Nullable;

/**
 * A payload that a peer signed within a domain. One that {@link #open} returns was verified.
 *
 * @param payloadType says what the payload is, as bytes
 * @see <a href="https://github.com/libp2p/specs/blob/master/RFC/0002-signed-envelopes.md">RFC
 *     0002</a>
 */
public record SignedEnvelope(PublicKey key, Bytes payloadType, Bytes payload, Bytes signature) {
    private static final int MAX_PAYLOAD = 64 * 1024;
    private static final int MAX_SIGNATURE = 1024;

    /** Signs {@code payload} for {@code domain}. */
    public static SignedEnvelope seal(
            PrivateKey key, String domain, Bytes payloadType, Bytes payload) {
        Bytes signature = key.sign(signedBytes(domain, payloadType, payload));
        return new SignedEnvelope(key.publicKey(), payloadType, payload, signature);
    }

    /**
     * Reads an envelope and checks its signature within {@code domain}.
     *
     * @throws InvalidKeyException when it is malformed or not signed by its key
     */
    public static SignedEnvelope open(Bytes encoded, String domain) {
        SignedEnvelope envelope = decode(encoded);
        Bytes signed = signedBytes(domain, envelope.payloadType, envelope.payload);
        if (!envelope.key.verify(signed, envelope.signature)) {
            throw new InvalidKeyException("the signature of the envelope is wrong");
        }
        return envelope;
    }

    private static SignedEnvelope decode(Bytes encoded) {
        @Nullable PublicKey key = null;
        Bytes type = Bytes.empty();
        Bytes payload = Bytes.empty();
        Bytes signature = Bytes.empty();
        try {
            var reader = new ProtoReader(encoded);
            while (reader.next()) {
                switch (reader.field()) {
                    case 1 -> key = PublicKey.decode(reader.bytes(PublicKey.MAX_LENGTH));
                    case 2 -> type = reader.bytes(MAX_SIGNATURE);
                    case 3 -> payload = reader.bytes(MAX_PAYLOAD);
                    case 5 -> signature = reader.bytes(MAX_SIGNATURE);
                    default -> {
                        // unknown fields are ignored
                    }
                }
            }
        } catch (MalformedMessageException e) {
            throw new InvalidKeyException("malformed envelope: " + e.getMessage(), e);
        }
        if (key == null) {
            throw new InvalidKeyException("the envelope has no key");
        }
        return new SignedEnvelope(key, type, payload, signature);
    }

    /** Returns the protobuf form. */
    public Bytes encode() {
        return new ProtoWriter()
                .bytes(1, key.encode())
                .bytes(2, payloadType)
                .bytes(3, payload)
                .bytes(5, signature)
                .toBytes();
    }

    private static Bytes signedBytes(String domain, Bytes payloadType, Bytes payload) {
        Bytes name = Bytes.utf8(domain);
        return Varint.encode(name.length())
                .concat(name)
                .concat(Varint.encode(payloadType.length()))
                .concat(payloadType)
                .concat(Varint.encode(payload.length()))
                .concat(payload);
    }
}
