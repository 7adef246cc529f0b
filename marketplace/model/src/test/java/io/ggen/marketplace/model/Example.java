package io.ggen.marketplace.model;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Values that tests of records begin with. */
final class Example {
    static final Signer ALICE = signer("11");
    static final Signer BOB = signer("22");
    static final Sha256 TAR = Sha256.of(Bytes.utf8("a tar"));
    static final Cid CID = Cid.parse("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi");

    private Example() {}

    static Signer signer(String seedByte) {
        var pair = Ed25519.fromSeed(Bytes.fromHex(seedByte.repeat(32)));
        Did did = Did.of(pair.publicKey());
        return new Signer() {
            @Override
            public Did did() {
                return did;
            }

            @Override
            public Bytes sign(Bytes message) {
                return Ed25519.sign(pair.seed(), message);
            }
        };
    }

    static Release release() {
        return release(origin(7));
    }

    static Origin origin(long sequence) {
        return new Origin(
                ALICE.did(),
                "00000000deadbeef",
                sequence,
                sequence == 1 ? Optional.empty() : Optional.of(Sha256.of(Bytes.utf8("before"))));
    }

    static Release release(Origin origin) {
        return release(origin, content("bin/x"));
    }

    static Content content(String executable) {
        return new Content(CID, TAR, 123, 4, List.of(executable));
    }

    static Release release(Origin origin, Content content) {
        return new Release(
                Optional.of(origin),
                new PackageId("acme/ui"),
                Version.parse("1.2.0"),
                Instant.parse("2026-01-02T03:04:05Z"),
                new About(
                        "Acme \"UI\"",
                        "Parts of a page\nin two lines – ünïcode",
                        "MIT",
                        List.of("Ann Author <ann@example.org>"),
                        List.of("web"),
                        List.of("html", "css"),
                        List.of("widgets"),
                        "https://example.org/acme/ui",
                        ""),
                List.of(
                        new Dependency(
                                new PackageId("leaf"),
                                VersionRange.parse("^1.0.0"),
                                Optional.of(BOB.did()),
                                false)),
                content);
    }

    static Yank yank() {
        return new Yank(
                origin(8),
                new PackageId("acme/ui"),
                Version.parse("1.2.0"),
                Instant.parse("2026-02-03T04:05:06Z"),
                "breaks on Mondays");
    }

    static String resource(String name) {
        try (InputStream in = Example.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such resource: " + name);
            }
            return Bytes.wrap(in.readAllBytes()).utf8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
