package io.ggen.marketplace.model;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;

import java.util.Base64;

/**
 * The one encoding of an {@link Envelope}: {@code
 * {"payloadType":"…","payload":"…","signatures":[{"keyid":"did:key:…","sig":"…"}]}} in this order,
 * without white space, padded standard base64, one signature, at most 12 KiB. Any DSSE tool reads
 * it; every other encoding is refused here, so that a record has one form. Stateless.
 */
public final class EnvelopeCodec {
    private static final String TYPE = "{\"payloadType\":\"";
    private static final String PAYLOAD = "\",\"payload\":\"";
    private static final String KEY = "\",\"signatures\":[{\"keyid\":\"";
    private static final String SIGNATURE = "\",\"sig\":\"";
    private static final String END = "\"}]}";

    private EnvelopeCodec() {}

    /** Writes the envelope; throws IllegalArgumentException where it would be over 12 KiB. */
    public static Bytes encode(Envelope envelope) {
        Base64.Encoder base64 = Base64.getEncoder();
        Bytes encoded =
                Bytes.utf8(
                        TYPE
                                + envelope.payloadType()
                                + PAYLOAD
                                + base64.encodeToString(envelope.payload().toArray())
                                + KEY
                                + envelope.signer()
                                + SIGNATURE
                                + base64.encodeToString(envelope.signature().toArray())
                                + END);
        if (encoded.length() > Envelope.MAX_ENCODED) {
            throw new IllegalArgumentException(
                    "an envelope has at most " + Envelope.MAX_ENCODED + " bytes");
        }
        return encoded;
    }

    /**
     * Reads an envelope. The signature is not checked: {@link ReleaseVerifier} does that.
     *
     * @throws MarketplaceException SECURITY where it is not in the one encoding
     */
    public static Envelope decode(Bytes encoded) {
        try {
            Envelope envelope = new Cursor(text(encoded)).envelope();
            if (!encode(envelope).equals(encoded)) {
                throw new IllegalArgumentException("it is not in the one canonical encoding");
            }
            return envelope;
        } catch (IllegalArgumentException e) {
            throw ReleaseVerifier.refused("the signed record is malformed: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static String text(Bytes encoded) {
        if (encoded.length() > Envelope.MAX_ENCODED) {
            throw new IllegalArgumentException(
                    "it has " + encoded.length() + " bytes, at most " + Envelope.MAX_ENCODED);
        }
        return Utf8.decode(encoded);
    }

    /** Walks over the fixed parts of an envelope's text and takes what stands between them. */
    private static final class Cursor {
        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        Envelope envelope() {
            skip(TYPE);
            String type = take(PAYLOAD);
            if (!type.equals(Envelope.RELEASE) && !type.equals(Envelope.YANK)) {
                throw new IllegalArgumentException("its payload type is not known here");
            }
            Bytes payload = base64(take(KEY), "payload");
            if (payload.length() > Envelope.MAX_PAYLOAD) {
                throw new IllegalArgumentException(
                        "its payload has over " + Envelope.MAX_PAYLOAD + " bytes");
            }
            var signer = new Did(take(SIGNATURE));
            Bytes signature = base64(take(END), "signature");
            if (signature.length() != Ed25519.SIGNATURE_LENGTH) {
                throw new IllegalArgumentException("its signature has not 64 bytes");
            }
            if (at != text.length()) {
                throw new IllegalArgumentException("something follows it");
            }
            return new Envelope(type, payload, signer, signature);
        }

        private void skip(String part) {
            if (!text.startsWith(part, at)) {
                throw new IllegalArgumentException(
                        "it does not go on with " + part + " at byte " + at);
            }
            at += part.length();
        }

        private String take(String next) {
            int quote = text.indexOf('"', at);
            if (quote < 0) {
                throw new IllegalArgumentException("it ends too early");
            }
            String taken = text.substring(at, quote);
            at = quote;
            skip(next);
            return taken;
        }

        private static Bytes base64(String text, String what) {
            try {
                return Bytes.wrap(Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("its " + what + " is not standard base64", e);
            }
        }
    }
}
