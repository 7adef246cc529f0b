package io.ggen.marketplace.p2p.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.ByteSize;
import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.kad.NetworkGroup;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.trust.DenyList;
import io.ggen.marketplace.core.trust.Evidence;
import io.ggen.marketplace.core.trust.Trust;
import io.ggen.marketplace.core.trust.TrustedPublisher;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.Equivocation;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.multiformats.Multiaddr;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

final class CatalogueTest {
    private static final PeerId PEER = peer();
    private static final Source EXCHANGE = new Source.Exchange(introducer(PEER, ""));

    private final ManualClock clock = ManualClock.at("2026-01-02T00:00:00Z");
    private final Author alice = new Author(1);
    private final Author bob = new Author(2);
    private final Catalogue catalogue =
            open(Database.inMemory(), CatalogueLimits.standard(), Policy.open());

    private Catalogue open(Database database, CatalogueLimits limits, Policy policy) {
        return Catalogue.open(database, limits, policy, clock);
    }

    private static PeerId peer() {
        return PrivateKey.generate(KeyType.ED25519).publicKey().peerId();
    }

    private static Introducer introducer(PeerId peer, String address) {
        return new Introducer(
                peer,
                address.isEmpty() ? Optional.empty() : NetworkGroup.of(Multiaddr.parse(address)));
    }

    private static Source gossip(PeerId peer, String address) {
        return new Source.Gossip(introducer(peer, address));
    }

    private static Sha256 id(Bytes envelope) {
        return EnvelopeCodec.decode(envelope).recordId();
    }

    private static PackageRef ref(String id) {
        return PackageRef.of(new PackageId(id));
    }

    private static Admission.Reason reason(Admission admission) {
        return ((Admission.Refused) admission).reason();
    }

    @Test
    void keepsWhatIsGenuineAndListsIt() {
        Bytes first = alice.release("acme/ui", "1.0.0");
        Bytes second = alice.release("acme/ui", "1.1.0");
        Bytes yank = alice.yank("acme/ui", "1.1.0");
        List<Admission> admissions = catalogue.admit(List.of(second, yank, first), EXCHANGE);
        assertThat(admissions).hasOnlyElementsOfType(Admission.Admitted.class);
        assertThat(catalogue.envelope(id(first))).contains(first);
        assertThat(catalogue.versions(ref("acme/ui")))
                .containsExactly(
                        new VersionListing(Version.of(1, 0, 0), Optional.of(alice.did()), false),
                        new VersionListing(Version.of(1, 1, 0), Optional.of(alice.did()), true));
        Held held = catalogue.releases(ref("acme/ui"), Version.of(1, 1, 0)).getFirst();
        assertThat(held.listing().yank())
                .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo("broken"));
        assertThat(held.firstSeen()).isEqualTo(clock.instant());
        assertThat(catalogue.lastSequence(alice.did(), "00000000000000aa")).isEqualTo(3);
        assertThat(catalogue.admit(first, EXCHANGE)).isEqualTo(new Admission.Known(id(first)));
    }

    @Test
    void aWithdrawnRecordIsHandedOnButNotListedUntilItIsPublishedAgain() {
        Bytes release = alice.release("ui", "1.0.0");
        catalogue.admit(release, new Source.Own());
        assertThat(catalogue.withdraw(id(release))).isTrue();
        assertThat(catalogue.versions(ref("ui"))).isEmpty();
        assertThat(catalogue.releases(ref("ui"))).isEmpty();
        assertThat(catalogue.packages()).isEmpty();
        assertThat(catalogue.envelope(id(release))).contains(release);
        catalogue.admit(release, EXCHANGE);
        assertThat(catalogue.versions(ref("ui"))).isEmpty();
        catalogue.admit(release, new Source.Own());
        assertThat(catalogue.versions(ref("ui"))).hasSize(1);
    }

    @Test
    void severalClaimantsCoexist() {
        catalogue.admit(
                List.of(alice.release("ui", "1.0.0"), bob.release("ui", "2.0.0")), EXCHANGE);
        assertThat(catalogue.publishers(new PackageId("ui")))
                .containsExactlyInAnyOrder(alice.did(), bob.did());
        assertThat(catalogue.versions(PackageRef.of(new PackageId("ui"), bob.did()))).hasSize(1);
    }

    @Test
    void aForgedRecordIsInvalid() {
        String genuine = alice.release("acme/ui", "1.0.0").utf8();
        String other = bob.release("acme/ui", "1.0.0").utf8();
        int sig = genuine.indexOf("\"sig\"");
        String forged = genuine.substring(0, sig) + other.substring(other.indexOf("\"sig\""));
        assertThat(catalogue.admit(Bytes.utf8(forged), EXCHANGE))
                .isInstanceOf(Admission.Invalid.class);
        assertThat(catalogue.status().records()).isZero();
    }

    @Test
    void aStrippedSignatureAndAnotherEncodingAreInvalid() {
        String genuine = alice.release("acme/ui", "1.0.0").utf8();
        String stripped = genuine.substring(0, genuine.indexOf("[")) + "[]}";
        for (String wrong : List.of(stripped, genuine + "\n", genuine.replace(",", ", "), "")) {
            assertThat(catalogue.admit(Bytes.utf8(wrong), EXCHANGE))
                    .isInstanceOf(Admission.Invalid.class);
        }
    }

    @Test
    void aFutureDatedRecordIsHeldBackUntilItsTime() {
        Bytes early = alice.release("ui", "1.0.0", clock.instant().plusSeconds(3_600));
        assertThat(reason(catalogue.admit(early, EXCHANGE))).isEqualTo(Admission.Reason.AHEAD);
        assertThat(catalogue.<Boolean>reading(PEER, view -> view.extra().size() == 1)).isTrue();
        clock.advance(Duration.ofMinutes(51));
        assertThat(catalogue.<Boolean>reading(PEER, view -> view.extra().size() == 0)).isTrue();
        assertThat(catalogue.admit(early, EXCHANGE)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aFloodOfPublishersStopsAtTenAnHourFromEachIntroducer() {
        List<Admission> admissions = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Bytes release = new Author(100 + i).release("flood-" + i, "1.0.0");
            admissions.add(catalogue.admit(release, gossip(PEER, "/ip4/198.51.100.1/tcp/1")));
        }
        assertThat(admissions.subList(0, 10)).hasOnlyElementsOfType(Admission.Admitted.class);
        assertThat(admissions.subList(10, 30)).hasOnlyElementsOfType(Admission.Refused.class);
        clock.advance(Duration.ofHours(1));
        Bytes later = new Author(500).release("later", "1.0.0");
        assertThat(catalogue.admit(later, gossip(PEER, "/ip4/198.51.100.1/tcp/1")))
                .isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void whatThreeIndependentPeersHoldCountsAgainstNobody() {
        for (int i = 0; i < 10; i++) {
            catalogue.admit(new Author(100 + i).release("p-" + i, "1.0.0"), gossip(PEER, ""));
        }
        Bytes eleventh = new Author(200).release("eleventh", "1.0.0");
        PeerId sybil = peer();
        for (int i = 0; i < 10; i++) {
            catalogue.admit(new Author(300 + i).release("q-" + i, "1.0.0"), gossip(sybil, ""));
        }
        String one = "/ip4/198.51.100.1/tcp/1";
        assertThat(reason(catalogue.admit(eleventh, gossip(PEER, one))))
                .isEqualTo(Admission.Reason.QUOTA);
        assertThat(reason(catalogue.admit(eleventh, gossip(sybil, "/ip4/198.51.7.7/tcp/1"))))
                .isEqualTo(Admission.Reason.QUOTA);
        assertThat(reason(catalogue.admit(eleventh, gossip(PEER, "/ip4/203.0.113.1/tcp/1"))))
                .isEqualTo(Admission.Reason.QUOTA);
        assertThat(catalogue.admit(eleventh, gossip(sybil, "/ip4/192.0.2.1/tcp/1")))
                .isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void strangersCannotPushOutTrustedOrEarlierRecords() {
        Policy trusting =
                new Policy(
                        new Trust(
                                List.of(new TrustedPublisher(alice.did(), "alice", List.of())),
                                List.of(),
                                List.of()),
                        DenyList.empty());
        var limits = CatalogueLimits.of(8, new ByteSize(1 << 20));
        Catalogue small = open(Database.inMemory(), limits, trusting);
        for (int i = 0; i < 6; i++) {
            small.admit(bob.release("b-" + i, "1.0.0"), EXCHANGE);
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(reason(small.admit(bob.release("b-6", "1.0.0"), EXCHANGE)))
                .isEqualTo(Admission.Reason.FULL);
        small.installed(ref("b-5"), Version.of(1, 0, 0), true);
        for (int i = 0; i < 3; i++) {
            assertThat(small.admit(alice.release("a-" + i, "1.0.0"), EXCHANGE))
                    .isInstanceOf(Admission.Admitted.class);
        }
        assertThat(small.status().records()).isLessThanOrEqualTo(8);
        assertThat(small.versions(ref("a-0"))).hasSize(1);
        assertThat(small.versions(ref("b-5"))).hasSize(1);
        assertThat(small.versions(ref("b-4"))).isEmpty();
        assertThat(small.versions(ref("b-0"))).hasSize(1);
    }

    @Test
    void ownRecordsAlwaysHaveRoom() {
        Catalogue small =
                open(
                        Database.inMemory(),
                        CatalogueLimits.of(2, new ByteSize(1 << 20)),
                        Policy.open());
        small.admit(bob.release("b", "1.0.0"), EXCHANGE);
        assertThat(small.admit(alice.release("a", "1.0.0"), new Source.Own()))
                .isInstanceOf(Admission.Admitted.class);
        assertThat(small.admit(alice.release("a", "1.1.0"), new Source.Own()))
                .isInstanceOf(Admission.Admitted.class);
        assertThat(small.versions(ref("b"))).isEmpty();
    }

    @Test
    void equivocationIsKeptAsEvidenceAndNotListed() {
        Bytes one = alice.release("ui", "1.0.0");
        Bytes other =
                alice.release(alice.at(1, Optional.empty()), "tool", "2.0.0", Author.TIME, "x");
        catalogue.admit(one, EXCHANGE);
        var admitted = (Admission.Admitted) catalogue.admit(other, EXCHANGE);
        assertThat(admitted.equivocation())
                .hasValueSatisfying(
                        it -> assertThat(it.kind()).isEqualTo(Equivocation.Kind.SAME_SEQUENCE));
        assertThat(catalogue.versions(ref("ui"))).isEmpty();
        assertThat(catalogue.versions(ref("tool"))).isEmpty();
        assertThat(catalogue.releases(ref("ui"))).allMatch(Held::isContradicted).hasSize(1);
        Bytes third =
                alice.release(alice.at(1, Optional.empty()), "more", "1.0.0", Author.TIME, "y");
        assertThat(reason(catalogue.admit(third, EXCHANGE))).isEqualTo(Admission.Reason.SURPLUS);
        assertThat(catalogue.status().contradicted()).isEqualTo(2);
    }

    @Test
    void otherContentUnderOneVersionIsEquivocationAndItsEvidenceIsKept(@TempDir Path root)
            throws IOException {
        var evidence = new Evidence(new Home(root));
        catalogue.onAdmitted(new EvidenceKeeper(evidence));
        catalogue.admit(alice.release("ui", "1.0.0"), EXCHANGE);
        Sha256 before = id(alice.release("x", "1.0.0"));
        Bytes other =
                alice.release(alice.at(9, Optional.of(before)), "ui", "1.0.0", Author.TIME, "z");
        catalogue.admit(other, EXCHANGE);
        assertThat(catalogue.versions(ref("ui"))).isEmpty();
        Path kept = evidence.folder(alice.did(), new PackageId("ui"), Version.of(1, 0, 0));
        try (Stream<Path> files = Files.list(kept)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void whatBecomesContradictedCountsAsChanged() {
        catalogue.admit(alice.release("ui", "1.0.0"), EXCHANGE);
        String stamp = catalogue.stamp();
        catalogue.admit(
                alice.release(alice.at(1, Optional.empty()), "tool", "2.0.0", Author.TIME, "x"),
                EXCHANGE);
        assertThat(catalogue.changedSince(stamp))
                .contains(
                        Set.of(
                                PackageRef.of(new PackageId("ui"), alice.did()),
                                PackageRef.of(new PackageId("tool"), alice.did())));
    }

    @Test
    void aRollbackShowsAsASecondHistoryAndItsEvidenceIsKept(@TempDir Path root) throws IOException {
        var evidence = new Evidence(new Home(root));
        catalogue.onAdmitted(new EvidenceKeeper(evidence));
        catalogue.admit(alice.release("ui", "1.0.0"), EXCHANGE);
        catalogue.admit(alice.release("ui", "1.1.0"), EXCHANGE);
        Sha256 elsewhere = Sha256.of(Bytes.utf8("another second record"));
        Bytes third =
                alice.release(alice.at(3, Optional.of(elsewhere)), "ui", "1.2.0", Author.TIME, "r");
        var admitted = (Admission.Admitted) catalogue.admit(third, EXCHANGE);
        assertThat(admitted.equivocation())
                .hasValueSatisfying(
                        it -> assertThat(it.kind()).isEqualTo(Equivocation.Kind.OTHER_HISTORY));
        assertThat(catalogue.versions(ref("ui")))
                .extracting(VersionListing::version)
                .containsExactly(Version.of(1, 0, 0));
        PackageId ui = new PackageId("ui");
        assertThat(evidence.isProven(alice.did(), ui, Version.of(1, 0, 0))).isFalse();
        assertThat(evidence.isProven(alice.did(), ui, Version.of(1, 1, 0))).isTrue();
        assertThat(evidence.isProven(alice.did(), ui, Version.of(1, 2, 0))).isTrue();
    }

    @Test
    void aGapHoldsNoLaterRecordBackAndIsShown() {
        alice.release("ui", "1.0.0");
        catalogue.admit(alice.release("ui", "1.1.0"), EXCHANGE);
        assertThat(catalogue.versions(ref("ui"))).hasSize(1);
        assertThat(catalogue.chains(alice.did()))
                .containsExactly(new ChainHead("00000000000000aa", 1, 2));
    }

    @Test
    void deniedRecordsAreNeitherTakenNorKept(@TempDir Path home) throws IOException {
        Path file = home.resolve("deny.toml");
        Files.writeString(file, "[[deny]]\nid = \"bad\"\nreason = \"malware\"\nlist = \"ours\"\n");
        var denying = new Policy(Trust.none(), DenyList.read(file));
        Bytes bad = alice.release("bad", "1.0.0");
        catalogue.admit(List.of(bad, alice.release("good", "1.0.0")), EXCHANGE);
        catalogue.apply(denying);
        assertThat(catalogue.versions(ref("bad"))).isEmpty();
        assertThat(catalogue.versions(ref("good"))).hasSize(1);
        assertThat(reason(catalogue.admit(bad, EXCHANGE))).isEqualTo(Admission.Reason.DENIED);
    }

    @Test
    void aFileIsFoundAgainAndADamagedOneIsPutAside(@TempDir Path home) throws IOException {
        Path file = home.resolve("p2p/node.db");
        Bytes release = alice.release("ui", "1.0.0");
        String stamp;
        try (Database database = Database.open(file)) {
            Catalogue before = open(database, CatalogueLimits.standard(), Policy.open());
            before.admit(release, new Source.Own());
            before.exchanged();
            stamp = before.stamp();
        }
        try (Database database = Database.open(file)) {
            Catalogue after = open(database, CatalogueLimits.standard(), Policy.open());
            assertThat(after.envelope(id(release))).contains(release);
            assertThat(after.lastExchange()).contains(clock.instant());
            assertThat(after.stamp()).isEqualTo(stamp);
            assertThat(after.<Integer>reading(PEER, view -> view.items().size())).isEqualTo(1);
            after.admit(alice.release("tool", "1.0.0"), EXCHANGE);
            assertThat(after.changedSince(stamp))
                    .contains(Set.of(PackageRef.of(new PackageId("tool"), alice.did())));
        }
        Files.writeString(file, "not a database at all, but longer than a header of one".repeat(9));
        try (Database database = Database.open(file)) {
            Catalogue anew = open(database, CatalogueLimits.standard(), Policy.open());
            assertThat(anew.status().records()).isZero();
        }
        assertThat(home.resolve("p2p/node.db.corrupted")).exists();
    }

    @Test
    void namesThatAreAlikeOrBeginAlikeAreFound() {
        catalogue.admit(
                List.of(alice.release("acme/html-kit", "1.0.0"), bob.release("tool", "1.0.0")),
                EXCHANGE);
        assertThat(catalogue.similar(new PackageId("acme/htm1-kit"), 5))
                .containsExactly(new PackageId("acme/html-kit"));
        assertThat(catalogue.beginning("acme/", 5)).containsExactly(new PackageId("acme/html-kit"));
    }
}
