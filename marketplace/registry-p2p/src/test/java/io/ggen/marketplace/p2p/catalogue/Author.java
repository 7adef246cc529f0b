package io.ggen.marketplace.p2p.catalogue;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.base.Sha256;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.Content;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.Origin;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.Signer;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.Yank;
import io.ggen.multiformats.Cid;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Somebody who signs whatever is wanted, at any place of a chain and any time. */
public final class Author implements Signer {
    /** When records are published unless another time is wanted. */
    public static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final Ed25519.KeyPair keys;
    private long sequence;
    private Optional<Sha256> previous = Optional.empty();

    /** Returns the same author for the same number. */
    public Author(int number) {
        byte[] seed = new byte[Ed25519.KEY_LENGTH];
        seed[0] = (byte) number;
        seed[1] = (byte) (number >> 8);
        seed[2] = (byte) (number >> 16);
        seed[3] = 7;
        keys = Ed25519.fromSeed(Bytes.wrap(seed));
    }

    @Override
    public Did did() {
        return Did.of(keys.publicKey());
    }

    @Override
    public Bytes sign(Bytes message) {
        return Ed25519.sign(keys.seed(), message);
    }

    /** Signs the next release of the chain. */
    public Bytes release(String id, String version) {
        return release(id, version, TIME.plusSeconds(sequence));
    }

    /** Signs the next release of the chain, published at {@code time}. */
    public Bytes release(String id, String version, Instant time) {
        return release(next(), id, version, time, id + version);
    }

    /** Signs a release with any content at any place of the chain. */
    public Bytes release(Origin origin, String id, String version, Instant time, String content) {
        var release =
                new Release(
                        Optional.of(origin),
                        new PackageId(id),
                        Version.parse(version),
                        time,
                        TestPublisher.about("the package " + id),
                        List.of(),
                        content(content));
        return sealed(Envelope.seal(release, this));
    }

    /** Signs the next yank of the chain. */
    public Bytes yank(String id, String version) {
        var yank =
                new Yank(
                        next(),
                        new PackageId(id),
                        Version.parse(version),
                        TIME.plusSeconds(sequence),
                        "broken");
        return sealed(Envelope.seal(yank, this));
    }

    private Bytes sealed(Envelope envelope) {
        previous = Optional.of(envelope.recordId());
        return EnvelopeCodec.encode(envelope);
    }

    private Origin next() {
        sequence++;
        return at(sequence, sequence == 1 ? Optional.empty() : previous);
    }

    /** Returns a place of the chain. */
    public Origin at(long place, Optional<Sha256> before) {
        return new Origin(did(), "00000000000000aa", place, before);
    }

    private static Content content(String text) {
        Sha256 digest = Sha256.of(Bytes.utf8(text));
        Cid cid = Cid.parse("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi");
        return new Content(cid, digest, 1, 1, List.of());
    }
}
