package io.ggen.marketplace.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Version;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What every {@link Registry} promises, whatever it is made of. */
public abstract class RegistryContract {
    private Registry registry;

    /** One publisher. */
    protected final TestPublisher alice = TestPublisher.number(1);

    /** Another one. */
    protected final TestPublisher bob = TestPublisher.number(2);

    /** Returns a fresh, empty registry. */
    protected abstract Registry open() throws IOException;

    @BeforeEach
    final void openRegistry() throws IOException {
        registry = open();
    }

    @AfterEach
    final void closeRegistry() {
        registry.close();
    }

    /** Returns the registry under test. */
    protected final Registry registry() {
        return registry;
    }

    private static PackageRef ref(String id) {
        return PackageRef.of(new PackageId(id));
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> {
                            assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
                            assertThat(e.hint()).isNotBlank();
                        });
    }

    @Test
    void namesWhatAnIdCouldBeTakenFor() {
        for (String id : List.of("lodash", "1odash", "lo-dash", "lodahs", "react", "part-3")) {
            alice.release(id, "1.0.0").publishIn(registry);
        }
        assertThat(registry.similar(new PackageId("lodash"), 5))
                .extracting(PackageId::text)
                .containsExactlyInAnyOrder("1odash", "lo-dash", "lodahs");
        assertThat(registry.similar(new PackageId("l0dash"), 2)).hasSize(2);
        assertThat(registry.similar(new PackageId("part-4"), 5)).isEmpty();
        assertThat(registry.similar(new PackageId("quite-another"), 5)).isEmpty();
    }

    @Test
    void knowsNothingWhenItIsEmpty() {
        assertThat(registry.getPackage(ref("leaf"))).isEmpty();
        assertThat(registry.getPackageVersion(ref("leaf"), Version.of(1, 0, 0))).isEmpty();
        assertThat(registry.listVersions(ref("leaf"))).isEmpty();
        assertThat(registry.exists(ref("leaf"))).isFalse();
        assertThat(registry.similar(new PackageId("leaf"), 5)).isEmpty();
        assertThat(registry.search(Query.of("", 10)).hits()).isEmpty();
        assertThat(registry.metadata().scheme()).isNotBlank();
    }

    @Test
    void givesBackWhatWasPublished() throws IOException {
        SamplePackage leaf = alice.release("acme/leaf", "1.0.0");

        Publication publication = leaf.publishIn(registry);

        assertThat(publication.created()).isTrue();
        assertThat(publication.listing().release()).isEqualTo(leaf.release());
        Listing listing = registry.getPackage(ref("acme/leaf")).orElseThrow();
        assertThat(listing.release()).isEqualTo(leaf.release());
        assertThat(listing.envelope()).contains(leaf.envelope());
        assertThat(listing.yank()).isEmpty();
        assertThat(registry.exists(ref("acme/leaf"))).isTrue();
        try (InputStream content = registry.open(listing)) {
            assertThat(Bytes.wrap(content.readAllBytes())).isEqualTo(leaf.tar());
        }
    }

    @Test
    void listsVersionsInAscendingOrder() {
        for (String version : List.of("1.10.0", "1.2.0", "2.0.0-rc.1", "1.2.0-beta")) {
            alice.release("leaf", version).publishIn(registry);
        }

        assertThat(registry.listVersions(ref("leaf")))
                .extracting(it -> it.version().toString())
                .containsExactly("1.2.0-beta", "1.2.0", "1.10.0", "2.0.0-rc.1");
        assertThat(registry.listVersions(ref("leaf")))
                .allSatisfy(it -> {
                    assertThat(it.publisher()).contains(alice.did());
                    assertThat(it.yanked()).isFalse();
                });
    }

    @Test
    void answersWithTheNewestReleaseBeforeAnyPreRelease() {
        for (String version : List.of("1.0.0", "1.1.0", "2.0.0-rc.1")) {
            alice.release("leaf", version).publishIn(registry);
        }

        assertThat(newest("leaf")).isEqualTo("1.1.0");
    }

    @Test
    void answersWithAPreReleaseWhereThereIsNothingElse() {
        alice.release("leaf", "1.0.0-rc.1").publishIn(registry);
        alice.release("leaf", "1.0.0-rc.2").publishIn(registry);

        assertThat(newest("leaf")).isEqualTo("1.0.0-rc.2");
    }

    private String newest(String id) {
        return registry.getPackage(ref(id)).orElseThrow().release().version().toString();
    }

    @Test
    void answersExactlyTheVersionThatIsAskedFor() {
        alice.release("leaf", "1.0.0").publishIn(registry);

        assertThat(registry.getPackageVersion(ref("leaf"), Version.of(1, 0, 0))).isPresent();
        assertThat(registry.getPackageVersion(ref("leaf"), Version.of(1, 0, 1))).isEmpty();
    }

    @Test
    void publishingTheSameAgainChangesNothing() {
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(registry);

        Publication again = leaf.publishIn(registry);
        Publication signedAnew = alice.release("leaf", "1.0.0").publishIn(registry);

        assertThat(again.created()).isFalse();
        assertThat(signedAnew.created()).isFalse();
        assertThat(signedAnew.listing().envelope()).contains(leaf.envelope());
    }

    @Test
    void refusesOtherContentUnderTheSameVersion() {
        alice.release("leaf", "1.0.0", "one").publishIn(registry);

        assertFails(
                ErrorCode.ALREADY_EXISTS,
                () -> alice.release("leaf", "1.0.0", "two").publishIn(registry));
        assertThat(registry.getPackage(ref("leaf")).orElseThrow().release().about().description())
                .isEqualTo("one");
    }

    @Test
    void refusesContentThatWasNotSigned() {
        SamplePackage leaf = alice.release("leaf", "1.0.0", "signed");
        SamplePackage other = alice.release("leaf", "1.0.1", "other");

        assertFails(ErrorCode.SECURITY, () -> registry.publish(leaf.envelope(), other.source()));
        assertThat(registry.exists(ref("leaf"))).isFalse();
    }

    @Test
    void refusesARecordWhoseSignatureDoesNotFit() {
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        Envelope forged =
                new Envelope(
                        leaf.envelope().payloadType(),
                        leaf.envelope().payload(),
                        leaf.envelope().signer(),
                        bob.release("leaf", "1.0.0").envelope().signature());

        assertFails(ErrorCode.SECURITY, () -> registry.publish(forged, leaf.source()));
        assertThat(registry.exists(ref("leaf"))).isFalse();
    }

    @Test
    void leavesNothingBehindWhenTheContentCannotBeRead() {
        SamplePackage leaf = alice.release("leaf", "1.0.0");

        assertThatThrownBy(() ->
                        registry.publish(
                                leaf.envelope(),
                                out -> {
                                    out.write(1);
                                    throw new IOException("the source broke off");
                                }))
                .isInstanceOf(MarketplaceException.class)
                .hasMessageContaining("the source broke off");
        assertThat(registry.exists(ref("leaf"))).isFalse();
        assertThat(leaf.publishIn(registry).created()).isTrue();
    }

    @Test
    void marksAYankedVersionAndNoLongerChoosesIt() {
        alice.release("leaf", "1.0.0").publishIn(registry);
        alice.release("leaf", "1.1.0").publishIn(registry);

        registry.yank(alice.yank("leaf", "1.1.0", "broken"));

        assertThat(newest("leaf")).isEqualTo("1.0.0");
        assertThat(registry.listVersions(ref("leaf")))
                .extracting(VersionListing::yanked)
                .containsExactly(false, true);
        Listing yanked = registry.getPackageVersion(ref("leaf"), Version.of(1, 1, 0)).orElseThrow();
        assertThat(yanked.yank().orElseThrow().reason()).isEqualTo("broken");
    }

    @Test
    void refusesAYankFromAnotherKey() {
        alice.release("leaf", "1.0.0").publishIn(registry);

        assertThatThrownBy(() -> registry.yank(bob.yank("leaf", "1.0.0", "envy")))
                .isInstanceOf(MarketplaceException.class);
        assertThat(newest("leaf")).isEqualTo("1.0.0");
    }

    @Test
    void cannotYankWhatIsNotThere() {
        assertFails(
                ErrorCode.PACKAGE_NOT_FOUND,
                () -> registry.yank(alice.yank("leaf", "1.0.0", "gone")));
    }

    @Test
    void deletesOneVersionAndKeepsTheOthers() {
        alice.release("leaf", "1.0.0").publishIn(registry);
        alice.release("leaf", "1.1.0").publishIn(registry);

        registry.delete(ref("leaf"), Version.of(1, 1, 0));

        assertThat(newest("leaf")).isEqualTo("1.0.0");
        assertThat(registry.getPackageVersion(ref("leaf"), Version.of(1, 1, 0))).isEmpty();
        assertFails(
                ErrorCode.PACKAGE_NOT_FOUND,
                () -> registry.delete(ref("leaf"), Version.of(1, 1, 0)));
    }

    @Test
    void takesBackADeletedVersionWithTheSameContentAlone() {
        SamplePackage leaf = alice.release("leaf", "1.0.0", "one");
        leaf.publishIn(registry);
        registry.delete(ref("leaf"), Version.of(1, 0, 0));

        assertThat(registry.exists(ref("leaf"))).isFalse();
        assertFails(
                ErrorCode.ALREADY_EXISTS,
                () -> alice.release("leaf", "1.0.0", "two").publishIn(registry));
        assertThat(leaf.publishIn(registry).created()).isTrue();
        assertThat(newest("leaf")).isEqualTo("1.0.0");
    }

    @Test
    void findsByWordsWithOneRowForEachPackage() {
        alice.release("pdf-report", "1.0.0", "Makes reports").publishIn(registry);
        alice.release("pdf-report", "1.1.0", "Makes reports").publishIn(registry);
        alice.release("unrelated", "1.0.0", "Something else").publishIn(registry);

        SearchResults found = registry.search(Query.of("report", 10));

        assertThat(found.hits()).extracting(it -> it.id().text()).containsExactly("pdf-report");
        assertThat(found.hits().getFirst().version().toString()).isEqualTo("1.1.0");
        assertThat(found.hits().getFirst().publisher()).contains(alice.did());
        assertThat(found.incomplete()).isFalse();
    }

    @Test
    void anEmptyTextMatchesAllUpToTheLimit() {
        for (String id : List.of("a", "b", "c")) {
            alice.release(id, "1.0.0").publishIn(registry);
        }

        assertThat(registry.search(Query.of("", 10)).hits()).hasSize(3);
        assertThat(registry.search(Query.of("", 2)).hits()).hasSize(2);
        assertThat(registry.search(Query.of("", 2)).total()).isEqualTo(3);
    }

    @Test
    void noLongerFindsWhatWasDeleted() {
        alice.release("leaf", "1.0.0").publishIn(registry);
        assertThat(registry.search(Query.of("leaf", 10)).hits()).hasSize(1);

        registry.delete(ref("leaf"), Version.of(1, 0, 0));

        assertThat(registry.search(Query.of("leaf", 10)).hits()).isEmpty();
    }

    @Test
    void takesManyPublishersAtOnce() throws Exception {
        List<SamplePackage> packages = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            packages.add(alice.release("p" + i % 4, "1." + i + ".0"));
        }
        List<Future<Publication>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            packages.forEach(it -> running.add(threads.submit(() -> it.publishIn(registry))));
        }

        for (Future<Publication> one : running) {
            assertThat(one.get().created()).isTrue();
        }
        for (int i = 0; i < 4; i++) {
            assertThat(registry.listVersions(ref("p" + i))).hasSize(3);
        }
    }

    @Test
    void createsARaceForOneVersionOnce() throws InterruptedException, ExecutionException {
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        List<Future<Publication>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                running.add(threads.submit(() -> leaf.publishIn(registry)));
            }
        }

        int created = 0;
        for (Future<Publication> one : running) {
            created += one.get().created() ? 1 : 0;
        }
        assertThat(created).isEqualTo(1);
    }
}
