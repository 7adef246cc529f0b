package io.ggen.marketplace.core.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.core.install.ChangeOutcome.FirstUse;
import io.ggen.marketplace.core.trust.TrustStore;
import io.ggen.marketplace.model.PackageId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class FirstUseTest {
    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Workshop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder);
        shop.publish("leaf", "1.0.0");
        shop.publish("acme/ui", "2.1.0", "leaf@^1.0.0");
        shop.manifest("# nothing");
    }

    @AfterEach
    void close() throws IOException {
        shop.close();
    }

    @Test
    void tellsWhoseKeysGetPinnedOnce() throws IOException {
        ChangeOutcome outcome = shop.add("acme/ui");
        assertThat(outcome.firstUses())
                .extracting(FirstUse::id)
                .containsExactly(new PackageId("acme/ui"), new PackageId("leaf"));
        assertThat(outcome.firstUses())
                .allMatch(one -> one.publisher().equals(shop.alice.did()))
                .allMatch(one -> one.pinnedIn().endsWith("ggen.lock"));
        assertThat(outcome.knowledge().orElseThrow().asOf()).isEmpty();
        assertThat(shop.add("acme/ui@2").firstUses()).isEmpty();
        assertThat(shop.install().firstUses()).isEmpty();
        assertThat(shop.installer().update(shop.change()).firstUses()).isEmpty();
    }

    @Test
    void aDirectInstallOfTheHomePinsInTrustToml() {
        List<FirstUse> uses = shop.installGlobally("acme/ui").firstUses();
        assertThat(uses.getFirst().pinnedIn()).isEqualTo(shop.home.trust());
        assertThat(uses.getLast().pinnedIn()).isEqualTo(shop.inHome().lockfile());
    }

    @Test
    void whatIsPinnedAlreadyIsNotNew() throws IOException {
        new TrustStore(shop.home).pin(new PackageId("leaf"), shop.alice.did(), Instant.EPOCH);
        assertThat(shop.add("leaf").firstUses()).isEmpty();
    }

    @Test
    void namesWhoElseClaimsTheName() throws IOException {
        shop.publish(shop.bob, "leaf", "1.0.0");
        var request =
                new InstallRequest(
                        shop.inProject(),
                        List.of(PackageSpec.parse("leaf")),
                        Set.of(),
                        Optional.of(shop.bob.did()));
        FirstUse use = shop.installer().add(request).firstUses().getFirst();
        assertThat(use.publisher()).isEqualTo(shop.bob.did());
        assertThat(use.otherClaimants()).containsExactly(shop.alice.did());
    }

    @Test
    void warnsOfANameThatIsTakenForABetterKnownOne() throws IOException {
        TestPublisher mallory = TestPublisher.number(9);
        shop.publish("leaf-tools", "1.0.0");
        shop.publish("leaf-tools", "1.1.0");
        shop.publish(mallory, "1eaf-tools", "1.1.0");
        shop.publish("leaf-tool", "1.1.0");
        assertThat(shop.add("1eaf-tools").firstUses().getFirst().similar())
                .containsExactly(new PackageId("leaf-tools"));
        assertThat(shop.add("1eaf-tools@1").firstUses()).isEmpty();
        assertThat(shop.add("leaf-tools").firstUses().getFirst().similar())
                .as("one of the two that are in use here now is not meant")
                .containsExactly(new PackageId("1eaf-tools"));
        assertThat(shop.add("leaf").firstUses().getFirst().similar()).isEmpty();
    }
}
