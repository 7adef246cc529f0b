package io.ggen.marketplace.core.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.FakeRegistry;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.core.keys.KeyStore;
import io.ggen.marketplace.core.keys.Passphrases;
import io.ggen.marketplace.core.trust.Trust;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.Version;
import io.ggen.testkit.TempTree;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class PublisherTest {
    @TempDir private Path root;
    private FakeRegistry registry = new FakeRegistry("p2p");
    private final List<PublishPlan> planned = new ArrayList<>();
    private Planner.Options options = Planner.Options.standard();

    @Test
    void signsAndSendsWhatTheFolderHolds() {
        Path folder = pack("a", "a", "1.0.0", "");
        PublishOutcome outcome = publish(folder);
        PublishOutcome.Published published = outcome.published().getFirst();
        Release release = ReleaseVerifier.release(published.envelope().orElseThrow());
        assertThat(published.created()).isTrue();
        assertThat(release.content()).isEqualTo(published.plan().content());
        assertThat(release.origin().orElseThrow().sequence()).isEqualTo(1);
        assertThat(release.publishedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(outcome.newKey()).isEqualTo(release.publisher());
        assertThat(publish(pack("b", "b", "1.0.0", "")).newKey()).isEmpty();
    }

    @Test
    void theSameReleaseAgainKeepsItsRecord() {
        Path folder = pack("a", "a", "1.0.0", "");
        Envelope first = envelope(publish(folder));
        PublishOutcome again = publish(folder);
        assertThat(again.published().getFirst().created()).isFalse();
        assertThat(envelope(again)).isEqualTo(first);
    }

    @Test
    void otherContentUnderTheSameVersionIsRefused() {
        Path folder = pack("a", "a", "1.0.0", "");
        publish(folder);
        TempTree.in(folder).file("more", "x");
        assertFails(ErrorCode.ALREADY_EXISTS, folder).hasMessageContaining("a@1.0.0");
        assertThat(sequence(publish(pack("b", "b", "1.0.0", "")))).isEqualTo(2);
    }

    @Test
    void aFailedPublishSendsTheSameEnvelopeAgain() {
        Path folder = pack("a", "a", "1.0.0", "");
        publish(pack("b", "b", "1.0.0", ""));
        var broken = new FailingRegistry(registry);
        assertThatThrownBy(() -> publisher(broken).publish(request(false, folder)).orThrow())
                .isInstanceOf(MarketplaceException.class);
        Envelope sent = broken.received.getFirst();
        assertThat(envelope(publish(folder))).isEqualTo(sent);
        assertThat(sequence(publish(pack("c", "c", "1.0.0", "")))).isEqualTo(3);
    }

    @Test
    void aSignedRecordThatMayBeOutIsNotReplacedByAnotherContent() {
        Path folder = pack("a", "a", "1.0.0", "");
        publisher(new FailingRegistry(registry)).publish(request(false, folder));
        TempTree.in(folder).file("more", "x");
        assertFails(ErrorCode.ALREADY_EXISTS, folder).hasMessageContaining("signed before");
    }

    @Test
    void inAFileRegistryAFailedContentMayBeMended() {
        registry = new FakeRegistry("file");
        Path folder = pack("a", "a", "1.0.0", "");
        publisher(new FailingRegistry(registry)).publish(request(false, folder));
        TempTree.in(folder).file("more", "x");
        assertThat(sequence(publish(folder))).isEqualTo(2);
    }

    @Test
    void aRestoredHomeBeginsANewChain() throws Exception {
        publish(pack("a", "a", "1.0.0", ""));
        byte[] old = Files.readAllBytes(chainFile());
        Release before = release(publish(pack("b", "b", "1.0.0", "")));
        Files.write(chainFile(), old);
        var knowing = new FailingRegistry(registry);
        knowing.lastSequence = 2;
        knowing.failing = false;
        Release after =
                release(publisher(knowing).publish(request(false, pack("c", "c", "1.0.0", ""))));
        assertThat(after.origin().orElseThrow().sequence()).isEqualTo(1);
        assertThat(after.origin().orElseThrow().chain())
                .isNotEqualTo(before.origin().orElseThrow().chain());
    }

    @Test
    void everyFaultIsReportedAtOnce() {
        Path folder = pack("a", "a", "1.0.0", "");
        TempTree.in(folder).symlink("link", "x").file(".env", "A=1").file("nul", "");
        assertFails(ErrorCode.VALIDATION, folder)
                .hasMessageContaining("link")
                .hasMessageContaining(".env")
                .hasMessageContaining("nul");
    }

    @Test
    void secretsAreRefusedUnlessAllowed() {
        Path folder = pack("a", "a", "1.0.0", "");
        TempTree.in(folder).file(".env", "A=1");
        assertFails(ErrorCode.VALIDATION, folder);
        options = new Planner.Options(Optional.empty(), true, PublishLimits.standard());
        assertThat(publish(folder).published().getFirst().plan().warnings())
                .extracting(Fault::file)
                .containsExactly(".env");
    }

    @Test
    void buildMetadataIsRefusedAndAnotherVersionMayBeAskedFor() {
        Path folder = pack("a", "a", "1.0.0", "");
        options =
                new Planner.Options(
                        Optional.of(Version.parse("2.0.0+build")), false, PublishLimits.standard());
        assertFails(ErrorCode.VALIDATION, folder).hasMessageContaining("build metadata");
        options =
                new Planner.Options(
                        Optional.of(Version.parse("2.0.0-rc.1")), false, PublishLimits.standard());
        assertThat(release(publish(folder)).version()).hasToString("2.0.0-rc.1");
    }

    @Test
    void aDryRunSignsAndWritesNothing() {
        Path folder = pack("a", "a", "1.0.0", "");
        PublishOutcome outcome = publisher(registry).publish(request(true, folder)).orThrow();
        assertThat(outcome.published().getFirst().plan().digest().files()).isEqualTo(1);
        assertThat(outcome.published().getFirst().envelope()).isEmpty();
        assertThat(root.resolve("home")).doesNotExist();
    }

    @Test
    void dependenciesArePublishedFirstAndNamedAsOnesOwn() {
        Path app = pack("app", "app", "1.0.0", "[dependencies]\nlib = \"^1.0.0\"\n");
        Path lib = pack("lib", "lib", "1.0.0", "");
        PublishOutcome outcome = publisher(registry).publish(request(false, app, lib));
        assertThat(outcome.published())
                .extracting(it -> it.plan().manifest().id().text())
                .containsExactly("lib", "app");
        Release release =
                ReleaseVerifier.release(outcome.published().getLast().envelope().orElseThrow());
        assertThat(release.dependencies().getFirst().publisher()).isEqualTo(release.publisher());
    }

    @Test
    void aDependencyThatNobodyPublishesIsRefusedWithAHint() {
        Path app = pack("app", "app", "1.0.0", "[dependencies]\nlib = \"^1.0.0\"\n");
        assertFails(ErrorCode.VALIDATION, app).hasMessageContaining("lib");
        assertThatThrownBy(() -> publish(app))
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> assertThat(e.hint()).contains("publisher = ", "\"self\""));
        Path own =
                pack(
                        "own",
                        "own",
                        "1.0.0",
                        "[dependencies]\nlib = { version = \"1\", publisher = \"self\" }\n");
        Release release = release(publish(own));
        assertThat(release.dependencies().getFirst().publisher()).isEqualTo(release.publisher());
    }

    @Test
    void whatIsSignedIsToldBefore() {
        publisher(new FailingRegistry(registry))
                .publish(request(false, pack("a", "a", "1.0.0", "")));
        assertThat(planned).singleElement().hasToString("a@1.0.0");
        assertThat(planned.getFirst().files())
                .extracting(PublishPlan.ListedFile::path)
                .containsExactly("package.toml");
    }

    @Test
    void aMistypedDependencyIsToldWithWhatWasMeant() {
        publish(pack("lib", "web-vocabulary", "1.0.0", ""));
        publish(pack("lib", "web-vocabulary", "1.1.0", ""));
        Path app = pack("app", "app", "1.0.0", "[dependencies]\nweb-vocabulry = \"^1.0.0\"\n");
        assertThatThrownBy(() -> publish(app))
                .hasMessageContaining("package.toml:5:1: there is no package web-vocabulry")
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e ->
                                assertThat(e.hint())
                                        .contains("did you mean web-vocabulary (1.1.0, 1.0.0)?"));
    }

    @Test
    void aDependencyWithoutAVersionInItsRangeIsToldWithThoseThereAre() {
        publish(pack("lib", "lib", "1.0.0", ""));
        publish(pack("lib", "lib", "1.2.0", ""));
        Path app = pack("app", "app", "1.0.0", "[dependencies]\n\"lib\" = \"^11.0.0\"\n");
        assertThatThrownBy(() -> publish(app))
                .hasMessageContaining("package.toml:5:1: no version of lib is in ^11.0.0")
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> assertThat(e.hint()).contains("available: 1.2.0, 1.0.0"));
    }

    @Test
    void theSoleClaimantIsNamed() {
        TestPublisher other = TestPublisher.number(7);
        other.release("lib", "1.0.0").publishIn(registry);
        Path app = pack("app", "app", "1.0.0", "[dependencies]\nlib = \"^1.0.0\"\n");
        assertThat(release(publish(app)).dependencies().getFirst().publisher())
                .contains(other.did());
    }

    @Test
    void whatDependsOnAFailedPackageFailsToo() {
        Path lib = pack("lib", "lib", "1.0.0", "[dependencies]\nnobody = \"1\"\n");
        Path app =
                pack(
                        "app",
                        "app",
                        "1.0.0",
                        "[dependencies]\nlib = { version = \"1\", publisher = \"self\" }\n");
        Path sound = pack("sound", "sound", "1.0.0", "");
        PublishOutcome outcome = publisher(registry).publish(request(false, app, lib, sound));
        assertThat(outcome.published()).hasSize(1);
        assertThat(outcome.failed())
                .extracting(failed -> failed.error().code())
                .containsExactly(ErrorCode.VALIDATION, ErrorCode.DEPENDENCY);
    }

    @Test
    void aCycleAmongTheFoldersIsPrintedWhole() {
        Path a = pack("a", "a", "1.0.0", "[dependencies]\nb = \"1\"\n");
        Path b = pack("b", "b", "1.0.0", "[dependencies]\na = \"1\"\n");
        assertThatThrownBy(() -> publisher(registry).publish(request(false, a, b)))
                .hasMessageContaining("a → b → a");
    }

    @Test
    void typosquattingIsWarnedOfWhenAnIdIsNew() {
        publish(pack("known", "lodash", "1.0.0", ""));
        Path folder = pack("a", "l0dash", "1.0.0", "");
        assertThat(publish(folder).published().getFirst().plan().warnings())
                .singleElement()
                .satisfies(fault -> assertThat(fault.reason()).contains("lodash"));
        assertThat(publish(folder).published().getFirst().plan().warnings()).isEmpty();
    }

    @Test
    void aFolderWithoutManifestIsRefused() {
        assertFails(ErrorCode.VALIDATION, TempTree.in(root.resolve("x")).root())
                .hasMessageContaining("no package.toml");
        assertFails(ErrorCode.VALIDATION, root.resolve("missing"))
                .hasMessageContaining("no such folder");
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertFails(
            ErrorCode code, Path folder) {
        return assertThatThrownBy(() -> publish(folder))
                .isInstanceOfSatisfying(
                        MarketplaceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private Path pack(String folder, String id, String version, String more) {
        return TempTree.in(root.resolve("packs").resolve(folder))
                .file(
                        "package.toml",
                        "[package]\nname = \"" + id + "\"\nversion = \"" + version + "\"\n" + more)
                .root();
    }

    private PublishOutcome publish(Path folder) {
        return publisher(registry).publish(request(false, folder)).orThrow();
    }

    private PublishRequest request(boolean dryRun, Path... folders) {
        return new PublishRequest(
                List.of(folders), KeyStore.DEFAULT, options, dryRun, planned::add);
    }

    private Publisher publisher(io.ggen.marketplace.core.Registry into) {
        var keys =
                new KeyStore(
                        new Home(root.resolve("home")),
                        () -> Instant.EPOCH,
                        Passphrases.none(),
                        Progress.silent(),
                        ProcessLock.Patience.standard());
        var lookup = new KnownPublishers(Trust::none, id -> Optional.<Did>empty(), into);
        return new Publisher(
                keys,
                into,
                new Publisher.Services(lookup, () -> Instant.parse("2026-01-02T03:04:05.678Z")));
    }

    private Path chainFile() {
        return root.resolve("home").resolve("keys").resolve("default.chain");
    }

    private static Envelope envelope(PublishOutcome outcome) {
        return outcome.published().getFirst().envelope().orElseThrow();
    }

    private static Release release(PublishOutcome outcome) {
        return ReleaseVerifier.release(envelope(outcome.orThrow()));
    }

    private static long sequence(PublishOutcome outcome) {
        return release(outcome).origin().orElseThrow().sequence();
    }
}
