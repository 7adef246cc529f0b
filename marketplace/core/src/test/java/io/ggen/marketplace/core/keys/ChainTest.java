package io.ggen.marketplace.core.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.Origin;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.Yank;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

final class ChainTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir Path root;

    private KeyStore store;
    private SigningKey key;

    @BeforeEach
    void makesAKey() {
        store =
                new KeyStore(
                        new Home(root),
                        ManualClock.at(NOW.toString()),
                        Passphrases.none(),
                        Progress.silent(),
                        ProcessLock.Patience.standard());
        key = store.create("laptop");
    }

    private Function<Origin, Envelope> yank(String id) {
        return origin ->
                Envelope.seal(
                        new Yank(origin, new PackageId(id), Version.of(1, 0, 0), NOW, ""), key);
    }

    private Envelope append(String id) {
        try (Chain chain = store.chain(key)) {
            return chain.append(yank(id));
        }
    }

    private static Origin origin(Envelope envelope) {
        return ReleaseVerifier.yank(envelope).origin();
    }

    @Test
    void countsOnAndNamesTheRecordBefore() {
        Envelope first = append("a");
        Envelope second = append("b");
        assertThat(origin(first).sequence()).isEqualTo(1);
        assertThat(origin(first).previous()).isEmpty();
        assertThat(origin(second).sequence()).isEqualTo(2);
        assertThat(origin(second).previous()).contains(first.recordId());
        assertThat(origin(second).chain()).isEqualTo(origin(first).chain());
    }

    @Test
    void keepsWhatIsNotAcknowledgedForTheNextAttempt() {
        Envelope first = append("a");
        Envelope second = append("b");
        try (Chain chain = store.chain(key)) {
            assertThat(chain.pending()).containsExactly(first, second);
            chain.acknowledge(first.recordId());
        }
        try (Chain chain = store.chain(key)) {
            assertThat(chain.pending()).containsExactly(second);
        }
    }

    @Test
    void isOnTheDiskBeforeTheEnvelopeLeaves() {
        try (Chain chain = store.chain(key)) {
            Envelope envelope = chain.append(yank("a"));
            assertThat(root.resolve("keys/laptop.chain"))
                    .content()
                    .contains(envelope.recordId().hex());
        }
    }

    @Test
    void signsManyInOneStep() {
        try (Chain chain = store.chain(key)) {
            List<Envelope> three = chain.appendAll(List.of(yank("a"), yank("b"), yank("c")));
            assertThat(three).extracting(e -> origin(e).sequence()).containsExactly(1L, 2L, 3L);
            assertThat(origin(three.get(2)).previous()).contains(three.get(1).recordId());
        }
    }

    @Test
    void usesNoPlaceForARecordThatCannotBeMade() {
        try (Chain chain = store.chain(key)) {
            assertThatThrownBy(() ->
                            chain.appendAll(
                                    List.of(
                                            yank("a"),
                                            origin -> {
                                                throw new IllegalStateException("no");
                                            })))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(chain.pending()).isEmpty();
            assertThat(origin(chain.append(yank("b"))).sequence()).isEqualTo(1);
        }
    }

    @Test
    void beginsANewChainWhereARegistryKnowsMore() throws IOException {
        Envelope first = append("a");
        byte[] backup = Files.readAllBytes(root.resolve("keys/laptop.chain"));
        Envelope second = append("b");
        Files.write(root.resolve("keys/laptop.chain"), backup);
        try (Chain chain = store.chain(key)) {
            chain.observe(origin(first));
            chain.observe(origin(second));
            Origin next = origin(chain.append(yank("c")));
            assertThat(next.chain()).isNotEqualTo(origin(first).chain());
            assertThat(next.sequence()).isEqualTo(1);
            assertThat(chain.pending()).hasSize(2);
        }
    }

    @Test
    void minglesNoRecordsOfAnotherKey() {
        append("a");
        SigningKey other = store.create("other");
        Origin foreign =
                new Origin(other.did(), "0".repeat(16), 9, Optional.of(append("b").recordId()));
        try (Chain chain = store.chain(key)) {
            chain.observe(foreign);
            assertThat(origin(chain.append(yank("c"))).sequence()).isEqualTo(3);
        }
    }

    @Test
    void beginsANewChainWhereTheFileIsDamagedOrOfAnotherKey() throws IOException {
        String before = origin(append("a")).chain();
        Path file = root.resolve("keys/laptop.chain");
        for (String damaged :
                List.of("", "x", Files.readString(file).replace(key.did().text(), "did:key:z"))) {
            Files.writeString(file, damaged);
            Origin next = origin(append("b"));
            assertThat(next.sequence()).isEqualTo(1);
            assertThat(next.chain()).isNotEqualTo(before);
        }
    }
}
