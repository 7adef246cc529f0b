package io.ggen.marketplace.core.trust;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.Equivocation;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Signed records in which a publisher contradicts itself: two contents under one version, two
 * records at one place of a chain, or two histories. They are kept in the home, beside each release
 * that must not be installed for it, for they prove by themselves what happened.
 */
public final class Evidence {
    private final Path root;

    /** Looks into {@code home}; touches no disk yet. */
    public Evidence(Home home) {
        this.root = home.evidence();
    }

    /** Returns where the records of a version are kept. */
    public Path folder(Did publisher, PackageId id, Version version) {
        String key = publisher.text().substring(publisher.text().lastIndexOf(':') + 1);
        return Home.folder(root.resolve(key), id).resolve(version.toString());
    }

    /** Keeps a record; the same one again changes nothing. Returns its folder. */
    public Path keep(PackageId id, Version version, Envelope envelope) throws IOException {
        Path folder = folder(envelope.signer(), id, version);
        Files.createDirectories(folder);
        Bytes encoded = EnvelopeCodec.encode(envelope);
        DurableFiles.writeAtomically(folder.resolve(envelope.recordId() + ".dsse.json"), encoded);
        return folder;
    }

    /** Keeps both records beside each of them that is a release. */
    public void keep(Equivocation equivocation) throws IOException {
        for (SignedRecord signed : List.of(equivocation.one(), equivocation.other())) {
            if (signed instanceof SignedRecord.OfRelease it) {
                keep(it.release().id(), it.release().version(), equivocation.one().envelope());
                keep(it.release().id(), it.release().version(), equivocation.other().envelope());
            }
        }
    }

    /** Returns whether records are kept that contradict each other. */
    public boolean isProven(Did publisher, PackageId id, Version version) throws IOException {
        Path folder = folder(publisher, id, version);
        if (!Files.isDirectory(folder)) {
            return false;
        }
        List<SignedRecord> kept = new ArrayList<>();
        try (DirectoryStream<Path> records = Files.newDirectoryStream(folder, "*.dsse.json")) {
            for (Path record : records) {
                Envelope envelope = EnvelopeCodec.decode(Bytes.wrap(Files.readAllBytes(record)));
                SignedRecord signed = ReleaseVerifier.verify(envelope);
                if (kept.stream().anyMatch(it -> it.contradicts(signed).isPresent())) {
                    return true;
                }
                kept.add(signed);
            }
        }
        return false;
    }
}
