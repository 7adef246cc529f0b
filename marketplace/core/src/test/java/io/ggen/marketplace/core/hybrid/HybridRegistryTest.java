package io.ggen.marketplace.core.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.FakeRegistry;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Version;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

final class HybridRegistryTest implements Progress {
    private static final PackageRef LEAF = PackageRef.of(new PackageId("leaf"));

    private final TestPublisher alice = TestPublisher.number(1);
    private final TestPublisher bob = TestPublisher.number(2);
    private final FakeRegistry file = new FakeRegistry("file");
    private final FakeRegistry p2p = new FakeRegistry("p2p");
    private final List<String> said = new ArrayList<>();
    private final HybridRegistry hybrid = new HybridRegistry(file, p2p, this);

    @Override
    public Progress.Task start(String label, long total) {
        return Progress.silent().start(label, total);
    }

    @Override
    public void say(String message) {
        said.add(message);
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MarketplaceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void mergesVersionsAndChoosesTheNewest() {
        alice.release("leaf", "1.0.0").publishIn(file);
        alice.release("leaf", "1.1.0").publishIn(p2p);

        assertThat(hybrid.listVersions(LEAF))
                .extracting(it -> it.version().toString())
                .containsExactly("1.0.0", "1.1.0");
        Listing newest = hybrid.getPackage(LEAF).orElseThrow();
        assertThat(newest.release().version()).isEqualTo(Version.of(1, 1, 0));
        assertThat(newest.source()).isEqualTo("p2p");
    }

    @Test
    void showsOneRowForEachPackageWithTheNewestVersionAndItsSource() {
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(file);
        leaf.publishIn(p2p);
        alice.release("newer", "1.0.0").publishIn(file);
        alice.release("newer", "2.0.0").publishIn(p2p);
        bob.release("leaf", "3.0.0").publishIn(p2p);

        SearchResults found = hybrid.search(Query.of("", 10));

        assertThat(found.hits())
                .extracting(it -> it.id() + " " + it.version() + " " + it.source())
                .containsExactlyInAnyOrder("leaf 1.0.0 file", "leaf 3.0.0 p2p", "newer 2.0.0 p2p");
        assertThat(found.total()).isEqualTo(3);
        assertThat(found.incomplete()).isFalse();
        assertThat(hybrid.search(Query.of("", 2)).hits()).hasSize(2);
    }

    @Test
    void takesAYankFromEither() {
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(file);
        leaf.publishIn(p2p);
        p2p.yank(alice.yank("leaf", "1.0.0", "broken"));

        assertThat(hybrid.getPackage(LEAF)).isEmpty();
        assertThat(hybrid.listVersions(LEAF)).allMatch(VersionListing::yanked);
        assertThat(hybrid.getPackageVersion(LEAF, Version.of(1, 0, 0)).orElseThrow().yank())
                .isPresent();
    }

    @Test
    void isAmbiguousWhereTheTwoKnowDifferentClaimants() {
        alice.release("leaf", "1.0.0").publishIn(file);
        bob.release("leaf", "1.0.0").publishIn(p2p);

        assertFails(ErrorCode.AMBIGUOUS_NAME, () -> hybrid.getPackage(LEAF));
        assertFails(ErrorCode.AMBIGUOUS_NAME, () -> hybrid.listVersions(LEAF));
        assertFails(
                ErrorCode.AMBIGUOUS_NAME,
                () -> hybrid.getPackageVersion(LEAF, Version.of(1, 0, 0)));
        PackageRef bobs = PackageRef.of(LEAF.id(), bob.did());
        assertThat(hybrid.getPackage(bobs).orElseThrow().source()).isEqualTo("p2p");
    }

    @Test
    void answersWithoutARegistryThatFailsAndSaysWhy() {
        alice.release("leaf", "1.0.0").publishIn(file);
        p2p.fail(ErrorCode.TIMEOUT, "nobody answered in 10 s");

        assertThat(hybrid.getPackage(LEAF)).isPresent();
        assertThat(hybrid.exists(LEAF)).isTrue();
        SearchResults found = hybrid.search(Query.of("leaf", 10));
        assertThat(found.hits()).hasSize(1);
        assertThat(found.incomplete()).isTrue();
        assertThat(said)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it).contains("p2p").contains("nobody answered"));
    }

    @Test
    void namesAFailureOnceHoweverOftenItAsks() {
        p2p.fail(ErrorCode.TIMEOUT, "nobody answered in 10 s");

        assertThat(hybrid.exists(LEAF)).isFalse();
        assertThat(hybrid.exists(LEAF)).isFalse();
        assertThat(hybrid.listVersions(LEAF)).isEmpty();

        assertThat(said).hasSize(1);
    }

    @Test
    void answersFromTheNetworkWhereTheDirectoryFails() {
        alice.release("leaf", "1.0.0").publishIn(p2p);
        file.fail(ErrorCode.STORAGE, "the disk is gone");

        assertThat(hybrid.getPackage(LEAF).orElseThrow().source()).isEqualTo("p2p");
        assertThat(said).allSatisfy(it -> assertThat(it).contains("file").contains("is gone"));
    }

    @Test
    void failsWhereBothDo() {
        file.fail(ErrorCode.STORAGE, "the disk is gone");
        p2p.fail(ErrorCode.NETWORK, "the cable too");

        assertFails(ErrorCode.STORAGE, () -> hybrid.search(Query.of("", 1)));
    }

    @Test
    void theFilePartStandsWhenTheNetworkFails() {
        p2p.fail(ErrorCode.TIMEOUT, "nobody answered");
        SamplePackage leaf = alice.release("leaf", "1.0.0");

        assertThatThrownBy(() -> leaf.publishIn(hybrid))
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.NETWORK);
                            assertThat(e.code().exitStatus()).isEqualTo(69);
                            assertThat(e.hint()).contains("p2p publish");
                        })
                .hasMessageContaining("stands")
                .hasMessageContaining("nobody answered");
        assertThat(file.exists(LEAF)).isTrue();

        p2p.heal();
        assertThat(leaf.publishIn(hybrid).created()).isFalse();
        assertThat(p2p.exists(LEAF)).isTrue();
    }

    @Test
    void publishesNowhereWhenTheDirectoryRefuses() {
        file.fail(ErrorCode.INSUFFICIENT_SPACE, "the disk is full");

        assertFails(
                ErrorCode.INSUFFICIENT_SPACE,
                () -> alice.release("leaf", "1.0.0").publishIn(hybrid));
        assertThat(p2p.exists(LEAF)).isFalse();
    }

    @Test
    void deletesWhereverItIs() {
        alice.release("leaf", "1.0.0").publishIn(p2p);

        hybrid.delete(LEAF, Version.of(1, 0, 0));

        assertThat(p2p.exists(LEAF)).isFalse();
        assertFails(ErrorCode.PACKAGE_NOT_FOUND, () -> hybrid.delete(LEAF, Version.of(1, 0, 0)));
    }

    @Test
    void deletesInTheDirectoryWhenTheNetworkFails() {
        alice.release("leaf", "1.0.0").publishIn(hybrid);
        p2p.fail(ErrorCode.NETWORK, "no network");

        assertFails(ErrorCode.NETWORK, () -> hybrid.delete(LEAF, Version.of(1, 0, 0)));
        assertThat(file.exists(LEAF)).isFalse();
    }

    @Test
    void opensElsewhereWhatOneDoesNotGive() throws IOException {
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(hybrid);
        Listing listing = hybrid.getPackage(LEAF).orElseThrow();
        assertThat(listing.source()).isEqualTo("file");
        file.fail(ErrorCode.STORAGE, "a bad sector");

        try (InputStream content = hybrid.open(listing)) {
            assertThat(Bytes.wrap(content.readAllBytes())).isEqualTo(leaf.tar());
        }
        assertThat(said).anySatisfy(it -> assertThat(it).contains("a bad sector"));
    }
}
