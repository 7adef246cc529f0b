package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.file.IndexRewrite.Member;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.ReleaseCodec;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** Derives a package's entry of index.json from its folders and what the entry said before. */
final class EntryMerge {
    private final Layout layout;

    EntryMerge(Layout layout) {
        this.layout = layout;
    }

    /** Returns the entry; empty when the package has no version any more. */
    Optional<Member> merged(PackageId id, Optional<Bytes> old) throws IOException {
        Optional<EntryText> known = old.flatMap(EntryText::parse);
        if (old.isPresent() && known.isEmpty()) {
            return Optional.of(new Member(id.text(), old.get(), false));
        }
        EntryText entry = known.orElseGet(EntryText::blank);
        int signed = 0;
        for (Folders.VersionFolder folder : new Folders(layout).versions(id)) {
            String version = folder.version().toString();
            switch (folder.state()) {
                case REMOVED -> entry.drop(folder.version());
                case SIGNED -> {
                    if (entry.versions().contains(version) || add(entry, id, folder.version())) {
                        signed++;
                    }
                }
                case UNSIGNED -> {
                    if (!entry.versions().contains(version)) {
                        read(id, folder.version()).ifPresent(entry::merge);
                    }
                }
                case NOTHING -> {}
            }
        }
        return entry.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Member(id.text(), entry.json(), signed == entry.versions().size()));
    }

    private boolean add(EntryText entry, PackageId id, Version version) throws IOException {
        Optional<EntryText> text = read(id, version);
        if (text.isEmpty()) {
            text = derive(id, version);
        }
        text.ifPresent(entry::merge);
        return text.isPresent();
    }

    /** Reads package.json, where it is one of this version alone. */
    private Optional<EntryText> read(PackageId id, Version version) throws IOException {
        Path file = layout.folder(id, version).resolve(Layout.PACKAGE);
        try {
            return EntryText.parse(Bytes.wrap(Files.readAllBytes(file)))
                    .filter(it -> it.isOf(id, version));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Optional<EntryText> derive(PackageId id, Version version) throws IOException {
        Path record = layout.folder(id, version).resolve(Layout.RELEASE);
        Path archive = layout.archive(id, version);
        try {
            Bytes payload = EnvelopeCodec.decode(Bytes.wrap(Files.readAllBytes(record))).payload();
            MessageDigest digest = Sha256.digest();
            long size = Files.copy(archive, new HashingOutput(digest));
            String checksum = Sha256.finish(digest).hex();
            return Optional.of(EntryText.of(ReleaseCodec.decode(payload), checksum, size));
        } catch (NoSuchFileException
                | io.ggen.marketplace.model.MarketplaceException
                | IllegalArgumentException e) {
            return Optional.empty(); // not a version that can be offered to the old program
        }
    }
}
