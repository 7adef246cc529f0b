package io.ggen.marketplace.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.ByteSize;
import io.ggen.base.Bytes;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.core.network.EventStream;
import io.ggen.marketplace.core.network.NetworkEvent;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

final class ExchangeOfPackagesTest {
    private static final PackageRef LEAF = PackageRef.of(new PackageId("leaf"));

    @TempDir private Path folder;
    private final TestPublisher alice = TestPublisher.number(1);
    @AutoClose private final TestNodes nodes = new TestNodes(() -> folder);

    private static Bytes content(Registry registry) throws IOException {
        Listing listing = registry.getPackage(LEAF).orElseThrow();
        try (InputStream tar = registry.open(listing)) {
            return Bytes.wrap(tar.readAllBytes());
        }
    }

    @Test
    void findsAndFetchesWhatAnotherNodePublished() throws IOException {
        P2pNode publisher = nodes.start("publisher");
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(publisher.registry());

        P2pNode reader = nodes.start("reader", publisher);

        assertThat(reader.registry().search(Query.of("leaf", 5)).hits()).hasSize(1);
        assertThat(content(reader.registry())).isEqualTo(leaf.tar());
    }

    @Test
    void whatDecaysInTheStoreIsFetchedAgain() throws IOException {
        P2pNode publisher = nodes.start("publisher");
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(publisher.registry());
        P2pNode reader = nodes.start("reader", publisher);
        content(reader.registry());

        decay(folder.resolve("reader/store/segments"));

        assertThat(content(reader.registry())).isEqualTo(leaf.tar());
    }

    /** Turns every bit of every block. */
    private static void decay(Path segments) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(segments)) {
            for (Path file : files) {
                byte[] bytes = Files.readAllBytes(file);
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] ^= (byte) 0xff;
                }
                Files.write(file, bytes);
            }
        }
    }

    @Test
    void servesOnWhatItFetchedWhenThePublisherIsGone() throws IOException {
        P2pNode publisher = nodes.start("publisher");
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(publisher.registry());
        P2pNode second = nodes.start("second", publisher);
        content(second.registry());
        publisher.close();

        P2pNode third = nodes.start("third", second);

        assertThat(content(third.registry())).isEqualTo(leaf.tar());
    }

    @Test
    void hearsOfANewReleaseByGossip() throws Exception {
        P2pNode publisher = nodes.start("publisher");
        P2pNode reader = nodes.start("reader", publisher);
        reader.registry().search(Query.of("", 1));
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        try (EventStream events = reader.events()) {
            leaf.publishIn(publisher.registry());

            assertThat(isAnnounced(events)).isTrue();
        }
        assertThat(content(reader.registry())).isEqualTo(leaf.tar());
    }

    private static boolean isAnnounced(EventStream events) throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            Optional<NetworkEvent> next = events.next(Duration.ofSeconds(1));
            if (next.filter(NetworkEvent.PackageAnnounced.class::isInstance).isPresent()) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aPassingNodeFindsAndFetchesWithoutAStateOfItsOwn() throws IOException {
        P2pNode publisher = nodes.start("publisher");
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(publisher.registry());

        P2pNode passing = nodes.start("passing", Standing.PASSING, publisher);

        assertThat(passing.registry().search(Query.of("leaf", 5)).incomplete()).isFalse();
        assertThat(content(passing.registry())).isEqualTo(leaf.tar());
        assertThat(folder.resolve("passing/p2p/node.db")).doesNotExist();
        assertThat(folder.resolve("passing/p2p/keypair")).doesNotExist();
    }

    @Test
    void knowsItsReleasesAndServesThemAfterARestart() throws IOException {
        P2pNode before = nodes.start("publisher");
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(before.registry());
        String id = before.status().peerId();
        before.close();

        P2pNode after = nodes.start("publisher");
        P2pNode reader = nodes.start("reader", after);

        assertThat(after.status().peerId()).isEqualTo(id);
        assertThat(content(reader.registry())).isEqualTo(leaf.tar());
    }

    @Test
    void takesNoContentThatIsLargerThanTheUserAllows() throws IOException {
        P2pNode publisher = nodes.start("publisher");
        alice.release("leaf", "1.0.0").publishIn(publisher.registry());
        P2pNode reader =
                nodes.start(
                        "reader",
                        Standing.HOME,
                        TestNodes.options(List.of(), new ByteSize(3)),
                        publisher);
        Listing listing = reader.registry().getPackage(LEAF).orElseThrow();

        assertThatThrownBy(() -> reader.registry().open(listing))
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SECURITY))
                .hasMessageContaining("leaf@1.0.0");
    }

    @Test
    void saysWhoWasAskedWhenNobodyHasTheContent() throws IOException {
        P2pNode publisher = nodes.start("publisher");
        alice.release("leaf", "1.0.0").publishIn(publisher.registry());
        P2pNode reader = nodes.start("reader", publisher);
        Listing listing = reader.registry().getPackage(LEAF).orElseThrow();
        publisher.close();

        assertThatThrownBy(() -> reader.registry().open(listing))
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.ALL_PROVIDERS_FAILED);
                            assertThat(e.getMessage()).contains("leaf@1.0.0");
                        });
    }

    @Test
    void whoInstallsIsKnownAsAProviderAndWhoPassesByIsNot() throws Exception {
        P2pNode publisher = nodes.start("publisher");
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(publisher.registry());
        P2pNode passing = nodes.start("passing", Standing.PASSING, publisher);
        content(passing.registry());
        P2pNode installer = nodes.start("installer", publisher);
        content(installer.registry());

        assertThat(publisher.spread(leaf.envelope().recordId(), Duration.ofSeconds(20)).providers())
                .isEqualTo(1);
        assertThat(publisher.providers(LEAF))
                .extracting(it -> it.peerId())
                .contains(installer.status().peerId())
                .doesNotContain(passing.status().peerId());
    }

    @Test
    void aNameThatNobodyWasThereToAskAboutIsAskedAboutAgain() throws IOException {
        P2pNode publisher = nodes.start("publisher");
        P2pNode reader = nodes.start("reader", publisher);
        Multiaddr address = publisher.status().addresses().getFirst();
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        publisher.close();
        assertThat(reader.registry().listVersions(LEAF)).isEmpty();

        P2pNode other = nodes.start("other");
        leaf.publishIn(other.registry());
        assertThat(reader.forget(address)).isTrue();
        reader.bootstrap(List.of(other.status().addresses().getFirst()), Duration.ofSeconds(20));

        assertThat(reader.registry().listVersions(LEAF)).hasSize(1);
    }

    @Test
    void aPinnedPackageIsServedByBothAndKnownAsProvidedByBoth() throws IOException {
        P2pNode publisher = nodes.start("publisher");
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(publisher.registry());
        P2pNode mirror = nodes.start("mirror", publisher);

        mirror.pin(LEAF, Optional.empty());

        assertThat(publisher.spread(leaf.envelope().recordId(), Duration.ofSeconds(20)).providers())
                .isPositive();
        assertThat(mirror.providers(LEAF)).hasSizeGreaterThanOrEqualTo(1);
    }
}
