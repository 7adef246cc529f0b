package io.ggen.marketplace.core;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.base.Sha256;
import io.ggen.content.FileTree;
import io.ggen.marketplace.model.About;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.Origin;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseCodec;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.Yank;
import io.ggen.marketplace.model.YankCodec;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Somebody with a key and a chain, who makes packages. Not thread-safe. */
public final class TestPublisher {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private final Ed25519.KeyPair keys;
    private final Did did;
    private final String chain;
    private long sequence;
    private Optional<Sha256> previous = Optional.empty();

    private TestPublisher(int number) {
        byte[] seed = new byte[Ed25519.KEY_LENGTH];
        seed[0] = (byte) number;
        seed[1] = (byte) (number >> 8);
        keys = Ed25519.fromSeed(Bytes.wrap(seed));
        did = Did.of(keys.publicKey());
        chain = "%016x".formatted(number);
    }

    /** Returns the same publisher for the same number, at the beginning of its chain. */
    public static TestPublisher number(int number) {
        return new TestPublisher(number);
    }

    /** Returns who this is. */
    public Did did() {
        return did;
    }

    /** Describes a package in the category "tools" with one tag. */
    public static About about(String text) {
        return new About(
                "",
                text,
                "MIT",
                List.of("A"),
                List.of("tools"),
                List.of("test"),
                List.of(),
                "",
                "");
    }

    /** Signs a release whose content depends on id and version alone. */
    public SamplePackage release(String id, String version) {
        return release(id, version, id + " " + version);
    }

    /** Signs a release whose one file and description are {@code text}. */
    public SamplePackage release(String id, String version, String text) {
        return release(id, version, about(text), List.of(), SamplePackage.tree(text));
    }

    /** Signs a release. */
    public SamplePackage release(
            String id, String version, About about, List<Dependency> dependencies, FileTree tree) {
        Release release =
                new Release(
                        Optional.of(next()),
                        new PackageId(id),
                        Version.parse(version),
                        TIME.plusSeconds(sequence),
                        about,
                        dependencies,
                        SamplePackage.content(tree));
        Envelope envelope = sign(Envelope.RELEASE, ReleaseCodec.encode(release));
        return new SamplePackage(release, envelope, tree);
    }

    /** Signs a yank. */
    public Envelope yank(String id, String version, String reason) {
        Yank yank =
                new Yank(
                        next(),
                        new PackageId(id),
                        Version.parse(version),
                        TIME.plusSeconds(sequence),
                        reason);
        return sign(Envelope.YANK, YankCodec.encode(yank));
    }

    /** Signs whatever payload, also one that no honest publisher would. */
    public Envelope sign(String type, Bytes payload) {
        Bytes signed = Envelope.preAuthenticationEncoding(type, payload);
        Envelope envelope = new Envelope(type, payload, did, Ed25519.sign(keys.seed(), signed));
        previous = Optional.of(envelope.recordId());
        return envelope;
    }

    /** Goes back to the beginning of the chain, as a restored home does. */
    public void forget() {
        sequence = 0;
        previous = Optional.empty();
    }

    private Origin next() {
        sequence++;
        return new Origin(did, chain, sequence, sequence == 1 ? Optional.empty() : previous);
    }
}
