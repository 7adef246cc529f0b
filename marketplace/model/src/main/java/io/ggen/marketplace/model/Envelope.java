package io.ggen.marketplace.model;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

/**
 * A signed record in its one canonical encoding: a narrow profile of DSSE.
 *
 * @param payloadType {@link #RELEASE} or {@link #YANK}
 * @param payload the signed JSON, byte for byte
 * @param signer whose key signed; the payload's publisher
 * @param signature 64 bytes of Ed25519
 * @see <a href="https://github.com/secure-systems-lab/dsse">DSSE</a>
 */
public record Envelope(String payloadType, Bytes payload, Did signer, Bytes signature) {
    /** The payload type of a {@link Release}. */
    public static final String RELEASE = "application/vnd.ggen.release.v1+json";

    /** The payload type of a {@link Yank}. */
    public static final String YANK = "application/vnd.ggen.yank.v1+json";

    /** The most bytes of payload. */
    public static final int MAX_PAYLOAD = 8 * 1024;

    /** The most bytes of an encoded envelope. */
    public static final int MAX_ENCODED = 12 * 1024;

    /** Signs {@code payload} as {@code signer}. */
    public static Envelope seal(String payloadType, Bytes payload, Signer signer) {
        return new Envelope(
                payloadType,
                payload,
                signer.did(),
                signer.sign(preAuthenticationEncoding(payloadType, payload)));
    }

    /** Signs a release, which names {@code signer} as its publisher. */
    public static Envelope seal(Release release, Signer signer) {
        return seal(RELEASE, ReleaseCodec.encode(release), signer);
    }

    /** Signs a yank, which names {@code signer} as its publisher. */
    public static Envelope seal(Yank yank, Signer signer) {
        return seal(YANK, YankCodec.encode(yank), signer);
    }

    /** Returns what the signature is over: the pre-authentication encoding of DSSE. */
    public Bytes signedBytes() {
        return preAuthenticationEncoding(payloadType, payload);
    }

    /** Returns the record id: SHA-256 of {@link #signedBytes()}. */
    public Sha256 recordId() {
        return Sha256.of(signedBytes());
    }

    /** Returns {@code DSSEv1 SP length SP type SP length SP payload}, lengths in decimal bytes. */
    public static Bytes preAuthenticationEncoding(String payloadType, Bytes payload) {
        Bytes type = Bytes.utf8(payloadType);
        return Bytes.utf8(
                        "DSSEv1 "
                                + type.length()
                                + " "
                                + payloadType
                                + " "
                                + payload.length()
                                + " ")
                .concat(payload);
    }
}
