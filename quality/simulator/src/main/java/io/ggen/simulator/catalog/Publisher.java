package io.ggen.simulator.catalog;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.base.Sha256;
import io.ggen.marketplace.model.About;
import io.ggen.marketplace.model.Content;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.Origin;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.Signer;
import io.ggen.marketplace.model.Version;
import io.ggen.multiformats.Cid;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Somebody who signs one release after the other. Not thread-safe. */
public final class Publisher implements Signer {
    private static final Cid CONTENT =
            Cid.parse("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi");

    private final Ed25519.KeyPair keys;
    private long sequence;
    private Optional<Sha256> previous = Optional.empty();

    /** Makes the same publisher for the same number. */
    public Publisher(int number) {
        keys = Ed25519.fromSeed(Sha256.of(Bytes.utf8("publisher " + number)).bytes());
    }

    @Override
    public Did did() {
        return Did.of(keys.publicKey());
    }

    @Override
    public Bytes sign(Bytes message) {
        return Ed25519.sign(keys.seed(), message);
    }

    /**
     * A signed release.
     *
     * @param encoded its envelope as it is sent
     */
    public record Signed(Sha256 id, PackageId name, Bytes encoded) {}

    /** Signs the first version of the package {@code name}, with a description of 300 letters. */
    public Signed release(String name, Instant time) {
        sequence++;
        var id = new PackageId(name);
        var release =
                new Release(
                        Optional.of(new Origin(did(), "00000000000000aa", sequence, previous)),
                        id,
                        Version.parse("1.0.0"),
                        time,
                        about(name),
                        List.of(),
                        new Content(CONTENT, Sha256.of(Bytes.utf8(name)), 1, 1, List.of()));
        Envelope envelope = Envelope.seal(release, this);
        previous = Optional.of(envelope.recordId());
        return new Signed(envelope.recordId(), id, EnvelopeCodec.encode(envelope));
    }

    private static About about(String name) {
        return new About(
                name,
                "What is generated from " + name + ". " + "words of some length ".repeat(13),
                "MIT",
                List.of("A Publisher"),
                List.of("tools"),
                List.of("simulation"),
                List.of("words", "nodes"),
                "https://example.org/" + name,
                "");
    }
}
