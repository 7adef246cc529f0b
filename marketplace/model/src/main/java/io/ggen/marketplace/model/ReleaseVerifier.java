package io.ggen.marketplace.model;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;

/**
 * Turns envelopes into records that can be believed; runs wherever a record is admitted and again
 * when it is installed. Stateless and thread-safe.
 *
 * <p>Everything it throws is a {@link MarketplaceException} with SECURITY that says which check
 * failed.
 */
public final class ReleaseVerifier {
    private ReleaseVerifier() {}

    /** Reads an encoded envelope and verifies it. */
    public static SignedRecord verify(Bytes encoded) {
        return verify(EnvelopeCodec.decode(encoded));
    }

    /** Reads an encoded envelope that was verified when it came in; its signature is believed. */
    public static SignedRecord verifiedBefore(Bytes encoded) {
        return read(EnvelopeCodec.decode(encoded));
    }

    /** Verifies signature, signer and every field. */
    public static SignedRecord verify(Envelope envelope) {
        checkSignature(envelope);
        SignedRecord signed = read(envelope);
        if (!signed.signedBy().publisher().equals(envelope.signer())) {
            throw refused(
                    "the signed record names "
                            + signed.signedBy().publisher()
                            + " as its publisher but was signed by "
                            + envelope.signer());
        }
        return signed;
    }

    /** Verifies an envelope that must hold a release. */
    public static Release release(Envelope envelope) {
        if (verify(envelope) instanceof SignedRecord.OfRelease signed) {
            return signed.release();
        }
        throw refused("the signed record is a yank where a release belongs");
    }

    /** Verifies an envelope that must hold a yank. */
    public static Yank yank(Envelope envelope) {
        if (verify(envelope) instanceof SignedRecord.OfYank signed) {
            return signed.yank();
        }
        throw refused("the signed record is a release where a yank belongs");
    }

    /** Verifies a yank that must speak of {@code release}, in its publisher's own voice. */
    public static Yank yankOf(Release release, Envelope envelope) {
        Yank yank = yank(envelope);
        if (!yank.id().equals(release.id()) || !yank.version().equals(release.version())) {
            throw refused(
                    "the yank speaks of "
                            + yank.id()
                            + "@"
                            + yank.version()
                            + ", not of "
                            + release.id()
                            + "@"
                            + release.version());
        }
        if (!release.publisher().filter(yank.origin().publisher()::equals).isPresent()) {
            throw refused("the yank of " + release.id() + " is not from its publisher");
        }
        return yank;
    }

    private static void checkSignature(Envelope envelope) {
        Bytes signature = envelope.signature();
        if (signature.length() != Ed25519.SIGNATURE_LENGTH
                || !PointEncoding.isCanonicalSignature(signature)
                || !Ed25519.verify(
                        envelope.signer().publicKey(), envelope.signedBytes(), signature)) {
            throw refused("the signature of " + envelope.signer() + " does not fit the record");
        }
    }

    private static SignedRecord read(Envelope envelope) {
        try {
            return switch (envelope.payloadType()) {
                case Envelope.RELEASE ->
                        new SignedRecord.OfRelease(
                                envelope, ReleaseCodec.decode(envelope.payload()));
                case Envelope.YANK ->
                        new SignedRecord.OfYank(envelope, YankCodec.decode(envelope.payload()));
                default -> throw refused("the signed record is of a kind that is not known here");
            };
        } catch (IllegalArgumentException e) {
            throw refused(
                            "the signed record of "
                                    + envelope.signer()
                                    + " is malformed: "
                                    + e.getMessage())
                    .causedBy(e);
        }
    }

    static MarketplaceException refused(String message) {
        return new MarketplaceException(
                ErrorCode.SECURITY,
                message,
                "do not use this copy: take the package from another registry, or ask its"
                        + " publisher to publish it again");
    }
}
