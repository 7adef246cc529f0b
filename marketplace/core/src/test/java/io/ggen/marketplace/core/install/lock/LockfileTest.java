package io.ggen.marketplace.core.install.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.base.Sha256;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;
import io.ggen.multiformats.Cid;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

class LockfileTest {
    private static final Did PUBLISHER =
            Did.of(Ed25519.fromSeed(Bytes.wrap(new byte[32])).publicKey());

    private static LockedPackage locked(String id, String version, String... dependencies) {
        Sha256 digest = Sha256.of(Bytes.utf8(id + version));
        return new LockedPackage(
                new PackageId(id),
                Version.parse(version),
                Optional.of(PUBLISHER),
                Cid.v1(Cid.DAG_PB, digest),
                digest,
                "file",
                List.of(dependencies).stream().map(PackageId::new).toList(),
                Optional.empty());
    }

    private static final Lockfile SOME =
            Lockfile.of(
                    List.of(
                            locked("leaf", "1.0.0"),
                            locked("acme/ui", "2.1.0-rc.1", "leaf", "base"),
                            locked("base", "0.1.0", "leaf")
                                    .requestedAs(Optional.of(VersionRange.parse("^0.1.0")))));

    @Test
    void writesTheOneForm() {
        assertThat(Lockfile.of(List.of(locked("leaf", "1.0.0"))).text())
                .isEqualTo(
                        """
                        # ggen lockfile 1

                        [[package]]
                        id = "leaf"
                        version = "1.0.0"
                        publisher = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
                        cid = "bafybeihz6u7xceldc64rwbxrq2m52x7zcfttsdrhbsvgjbtmjwkzeruuuu"
                        integrity = "sha256-PLACE"
                        source = "file"
                        dependencies = []
                        """
                                .replace(
                                        "bafybeihz6u7xceldc64rwbxrq2m52x7zcfttsdrhbsvgjbtmjwkzeruuuu",
                                        locked("leaf", "1.0.0").cid().toString())
                                .replace("sha256-PLACE", locked("leaf", "1.0.0").integrityText()));
    }

    @Test
    void readsWhatItWrites() {
        assertThat(Lockfile.parse("ggen.lock", SOME.text())).isEqualTo(SOME);
        assertThat(Lockfile.parse("ggen.lock", SOME.text()).text()).isEqualTo(SOME.text());
        assertThat(Lockfile.parse("ggen.lock", SOME.text().replace("\n", "\r\n"))).isEqualTo(SOME);
        assertThat(Lockfile.parse("ggen.lock", Lockfile.HEADER)).isEqualTo(Lockfile.empty());
        String commented = SOME.text().replace("source", " # why\n\n source");
        assertThat(Lockfile.parse("ggen.lock", commented)).isEqualTo(SOME);
    }

    @Test
    void survivesAnyDamageAsAnErrorOrASoundLockfile() {
        String sound = SOME.text();
        Property.forAll(
                random -> random.nextLong(),
                500,
                seed -> {
                    var random = new SplittableRandom(seed);
                    var text = new StringBuilder(sound);
                    for (int i = 0; i < 1 + random.nextInt(3); i++) {
                        int at = random.nextInt(text.length());
                        switch (random.nextInt(3)) {
                            case 0 -> text.deleteCharAt(at);
                            case 1 -> text.insert(at, (char) random.nextInt(128));
                            default -> text.setCharAt(at, (char) random.nextInt(300));
                        }
                    }
                    try {
                        Lockfile.parse("ggen.lock", text.toString()).text();
                    } catch (MarketplaceException e) {
                        assertThat(e.code()).isIn(ErrorCode.SECURITY, ErrorCode.SERIALIZATION);
                        assertThat(e).hasMessageContaining("ggen.lock:");
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = \"leaf\"|id = \"../../etc\"",
                "source = \"file\"|source = \"/tmp/evil\"",
                "source = \"file\"|source = \"https\"",
                "version = \"1.0.0\"|version = \"../1.0.0\"",
                "integrity = |#integrity = ",
                "sha256-|sha512-",
                "cid = \"b|cid = \"z",
                "did:key:z|did:key:y",
            })
    void refusesAHostileLockfileAsSecurity(String change) {
        String text = Lockfile.of(List.of(locked("leaf", "1.0.0"))).text();
        String hostile = text.replace(change.split("\\|", -1)[0], change.split("\\|", -1)[1]);
        assertThat(hostile).isNotEqualTo(text);
        assertThatThrownBy(() -> Lockfile.parse("ggen.lock", hostile))
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SECURITY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# ggen lockfile 1|# ggen lockfile 2",
                "[[package]]|[package]",
                "version = \"1.0.0\"|version = 1",
                "version = \"1.0.0\"|version = \"1.0.0\"\\nversion = \"1.0.0\"",
                "version = \"1.0.0\"|versions = \"1.0.0\"",
                "dependencies = []|dependencies = [\"other\"]",
                "dependencies = []|dependencies = [\"other\"",
                "id = \"leaf\"|id = \"le\\u0061f\"",
            })
    void refusesWhatIsNoLockfileWithItsPlace(String change) {
        String text = Lockfile.of(List.of(locked("leaf", "1.0.0"))).text();
        String broken =
                text.replace(
                        change.split("\\|", -1)[0],
                        change.split("\\|", -1)[1].replace("\\n", "\n"));
        assertThat(broken).isNotEqualTo(text);
        assertThatThrownBy(() -> Lockfile.parse("ggen.lock", broken))
                .hasMessageMatching("(?s).*ggen.lock:\\d+:\\d+: .*")
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SERIALIZATION));
    }

    @Test
    void refusesAPackageLockedTwice() {
        String one = Lockfile.of(List.of(locked("leaf", "1.0.0"))).text();
        String twice = one + one.substring(Lockfile.HEADER.length());
        assertThatThrownBy(() -> Lockfile.parse("ggen.lock", twice))
                .hasMessageContaining("leaf is locked twice");
    }

    @Test
    void listsDependenciesFirstAndOnlyWhatIsReached() {
        var ids = new ArrayList<String>();
        SOME.closure(List.of(new PackageId("acme/ui"))).forEach(p -> ids.add(p.id().text()));
        assertThat(ids).containsExactly("leaf", "base", "acme/ui");
        assertThat(SOME.closure(List.of(new PackageId("leaf")))).hasSize(1);
    }

    @Test
    void readsAThousandPackagesDeepWithoutTrouble() {
        List<LockedPackage> chain = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            chain.add(i == 0 ? locked("p0", "1.0.0") : locked("p" + i, "1.0.0", "p" + (i - 1)));
        }
        Lockfile lockfile = Lockfile.parse("ggen.lock", Lockfile.of(chain).text());
        assertThat(lockfile.closure(List.of(new PackageId("p4999")))).hasSize(5000);
    }
}
