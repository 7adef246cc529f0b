package io.ggen.marketplace.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class TrustStoreTest {
    private static final Did ALICE = Did.of(Ed25519.fromSeed(Bytes.wrap(new byte[32])).publicKey());
    private static final Did BOB =
            Did.of(Ed25519.fromSeed(Bytes.fromHex("01".repeat(32))).publicKey());
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir private Path root;

    private TrustStore store;
    private Path file;

    @BeforeEach
    void open() {
        store = new TrustStore(new Home(root));
        file = root.resolve("trust.toml");
    }

    @Test
    void aMissingFileTrustsNobody() {
        assertThat(store.read()).isEqualTo(Trust.none());
    }

    @Test
    void keepsPinsPublishersAndNamespaces() {
        store.pin(new PackageId("acme/ui"), ALICE, NOW.plusNanos(5));
        store.add(new TrustedPublisher(BOB, "bob", List.of("tools")));
        store.bind(
                new NamespaceBinding("corp", Optional.empty(), Optional.of("a \"quoted\\ place")));
        assertThat(store.read())
                .isEqualTo(
                        new Trust(
                                List.of(new TrustedPublisher(BOB, "bob", List.of("tools"))),
                                List.of(
                                        new NamespaceBinding(
                                                "corp",
                                                Optional.empty(),
                                                Optional.of("a \"quoted\\ place"))),
                                List.of(new Pin(new PackageId("acme/ui"), ALICE, NOW))));
        assertThat(store.read().publisher("bob")).contains(BOB);
        assertThat(store.read().registryFor(new PackageId("corp/x")))
                .contains("a \"quoted\\ place");
    }

    @Test
    void keepsWhatTheUserWroteByHand() throws IOException {
        Files.writeString(
                file,
                "# mine\n[[pin]] # why\nid = \"a\"\npublisher = \""
                        + ALICE
                        + "\"\nsince = "
                        + NOW
                        + "\n");
        store.pin(new PackageId("b"), BOB, NOW);
        assertThat(Files.readString(file)).startsWith("# mine\n[[pin]] # why\nid = \"a\"\n");
        assertThat(store.remove("b")).isTrue();
        assertThat(store.read().pinned(new PackageId("a"))).contains(ALICE);
        assertThat(store.read().pinned(new PackageId("b"))).isEmpty();
        assertThat(store.remove("b")).isFalse();
    }

    @Test
    void anotherKeyForAPinnedIdIsRefused() {
        PackageId id = new PackageId("a");
        store.pin(id, ALICE, NOW);
        store.pin(id, ALICE, NOW.plusSeconds(9));
        assertThat(store.read().pins()).containsExactly(new Pin(id, ALICE, NOW));
        assertThatThrownBy(() -> store.pin(id, BOB, NOW))
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SECURITY));
    }

    @Test
    void aBrokenFileIsNamedWithLineAndColumnAndNothingIsLost() throws IOException {
        for (String broken :
                List.of(
                        "[[pin]]\nid = 3\n",
                        "pin = 1\n",
                        "[[pin]\n",
                        "[[publisher]]\ndid = \"did:key:z6\"\n")) {
            Files.writeString(file, broken);
            assertThatThrownBy(store::read)
                    .isInstanceOfSatisfying(
                            MarketplaceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION))
                    .hasMessageMatching("(?s).*trust.toml:\\d+:\\d+.*");
            assertThatThrownBy(() -> store.pin(new PackageId("x"), ALICE, NOW))
                    .isInstanceOf(MarketplaceException.class);
            assertThat(Files.readString(file)).isEqualTo(broken);
        }
    }

    @Test
    void denyListsHitByIdPublisherAndContent() throws IOException {
        Path deny = root.resolve("deny.toml");
        Files.writeString(
                deny,
                "[[deny]]\nid = \"bad\"\nreason = \"malware\"\nlist = \"corp\"\n[[deny]]\npublisher = \""
                        + BOB
                        + "\"\n");
        DenyList list = DenyList.read(deny);
        assertThat(list.denial(new PackageId("bad"), Optional.empty(), Optional.empty()))
                .contains(new Denial("malware", "corp"));
        assertThat(list.denial(new PackageId("good"), Optional.of(BOB), Optional.empty()))
                .isPresent();
        assertThat(list.denial(new PackageId("good"), Optional.of(ALICE), Optional.empty()))
                .isEmpty();
    }
}
