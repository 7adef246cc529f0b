package io.ggen.bench;

import io.ggen.base.Bytes;
import io.ggen.base.CryptoProvider;
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
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.Signer;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.p2p.catalogue.Admission;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.CatalogueLimits;
import io.ggen.marketplace.p2p.catalogue.Policy;
import io.ggen.marketplace.p2p.catalogue.Source;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.multiformats.Cid;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** N11: verifying records of the catalogue, beside the signatures alone, and admitting them. */
final class CatalogueBench implements Bench {
    private static final int PUBLISHERS = 50;
    private static final Cid CID =
            Cid.parse("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi");

    @Override
    public void run(String id, Context context) {
        int runs = context.quick() ? 3 : 9;
        CryptoProvider.expectMany();
        context.say("signing 2,000 records");
        List<Bytes> records = records(2_000);
        List<Envelope> envelopes = records.stream().map(EnvelopeCodec::decode).toList();
        Duel duel =
                Duel.alternate(
                        runs,
                        () -> rate(records.size(), () -> records.forEach(ReleaseVerifier::verify)),
                        () -> rate(records.size(), () -> envelopes.forEach(CatalogueBench::check)));
        context.print(
                Row.of(id, "records verified, a second of CPU", "1", Row.Better.HIGHER, duel.ours())
                        .withRival("their Ed25519 alone", duel.rival().median())
                        .judgeValue(10_000));
        double[] admitted = new double[runs];
        for (int run = 0; run < runs; run++) {
            admitted[run] = rate(records.size(), () -> admit(records));
        }
        context.print(
                Row.of(
                        id,
                        "records verified and admitted, a second of CPU",
                        "1",
                        Row.Better.HIGHER,
                        Samples.of(admitted)));
    }

    private static double rate(int count, Runnable work) {
        return count / Duel.cpuSeconds(work);
    }

    private static void check(Envelope envelope) {
        if (!Ed25519.verify(
                envelope.signer().publicKey(), envelope.signedBytes(), envelope.signature())) {
            throw new IllegalStateException("a good signature was refused");
        }
    }

    private static void admit(List<Bytes> records) {
        try (Database database = Database.inMemory()) {
            Catalogue catalogue =
                    Catalogue.open(
                            database,
                            CatalogueLimits.standard(),
                            Policy.open(),
                            InstantSource.system());
            for (int i = 0; i < records.size(); i += 80) {
                List<Bytes> batch = records.subList(i, Math.min(i + 80, records.size()));
                for (Admission admission : catalogue.admit(batch, new Source.Own())) {
                    if (!(admission instanceof Admission.Admitted)) {
                        throw new IllegalStateException("a good record was refused");
                    }
                }
            }
        }
    }

    /** Someone who signs a chain of records. */
    private static final class Author implements Signer {
        private final Ed25519.KeyPair keys = Ed25519.generate();
        private final Did did = Did.of(keys.publicKey());
        private Optional<Sha256> previous = Optional.empty();
        private long sequence;

        @Override
        public Did did() {
            return did;
        }

        @Override
        public Bytes sign(Bytes message) {
            return Ed25519.sign(keys.seed(), message);
        }

        Bytes next(int number) {
            var origin = new Origin(did, "00000000000000aa", ++sequence, previous);
            Envelope envelope = Envelope.seal(release(origin, number), this);
            previous = Optional.of(envelope.recordId());
            return EnvelopeCodec.encode(envelope);
        }
    }

    private static Release release(Origin origin, int number) {
        var about =
                new About(
                        "Package " + number,
                        "Templates for web pages with forms, tables and charts, in many colours.",
                        "MIT",
                        List.of("Ann Author <ann@example.org>"),
                        List.of("web"),
                        List.of("html", "css", "forms"),
                        List.of("page"),
                        "https://example.org/repository",
                        "https://example.org");
        return new Release(
                Optional.of(origin),
                new PackageId("scope-" + number % PUBLISHERS + "/package-" + number),
                Version.of(1, 0, number),
                Instant.ofEpochSecond(1_767_225_600 + number),
                about,
                List.of(),
                new Content(CID, Sha256.of(Bytes.utf8("tar " + number)), 4_096, 4, List.of()));
    }

    private static List<Bytes> records(int count) {
        List<Author> authors = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            authors.add(new Author());
        }
        List<Bytes> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(authors.get(i % PUBLISHERS).next(i));
        }
        return records;
    }
}
