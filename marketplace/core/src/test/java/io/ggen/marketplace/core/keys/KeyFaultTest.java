package io.ggen.marketplace.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Origin;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.Yank;
import io.ggen.testkit.Fault;
import io.ggen.testkit.FaultyFileSystem;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every operation of the disk fails in turn while a key is made or a record is signed, and the
 * power goes after it: no key is lost or half there, and no place of a chain is used twice.
 */
class KeyFaultTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final FaultyFileSystem disk = new FaultyFileSystem();

    @TempDir private Path real;

    private static KeyStore store(Path home) {
        return new KeyStore(
                new Home(home),
                ManualClock.at(NOW.toString()),
                Passphrases.none(),
                Progress.silent(),
                ProcessLock.Patience.standard());
    }

    private static Optional<Envelope> sign(Path home, String id) {
        KeyStore store = store(home);
        SigningKey key = store.open("laptop");
        try (Chain chain = store.chain(key)) {
            return Optional.of(
                    chain.append(origin ->
                            Envelope.seal(
                                    new Yank(
                                            origin,
                                            new PackageId(id),
                                            Version.of(1, 0, 0),
                                            NOW,
                                            ""),
                                    key)));
        } catch (MarketplaceException e) {
            assertThat(e.code()).isIn(ErrorCode.STORAGE, ErrorCode.INSUFFICIENT_SPACE);
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noPlaceOfAChainIsUsedTwice(Fault fault) throws IOException {
        boolean injected = true;
        for (int n = 1; injected; n++) {
            Path home = disk.wrap(Files.createDirectory(real.resolve("chain" + fault + n)));
            store(home).create("laptop");
            List<Envelope> signed = new ArrayList<>();
            sign(home, "one").ifPresent(signed::add);
            disk.failAt(n, fault);
            sign(home, "two").ifPresent(signed::add);
            injected = disk.injected() > 0;
            disk.heal();
            disk.losePower();
            sign(home, "three").ifPresent(signed::add);
            check(signed, fault + " at " + n);
            try (Chain chain = store(home).chain(store(home).open("laptop"))) {
                assertThat(chain.pending()).as(fault + " at " + n).containsAll(signed);
            }
        }
    }

    private static void check(List<Envelope> signed, String what) {
        Optional<Envelope> before = Optional.empty();
        assertThat(signed).as(what).hasSizeGreaterThanOrEqualTo(2);
        long sequence = 0;
        for (Envelope envelope : signed) {
            Origin origin = ReleaseVerifier.yank(envelope).origin();
            assertThat(origin.sequence()).as(what).isGreaterThan(sequence);
            if (before.isPresent() && origin.sequence() == sequence + 1) {
                assertThat(origin.previous()).as(what).contains(before.get().recordId());
            }
            sequence = origin.sequence();
            before = Optional.of(envelope);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsWholeOrNotThere(Fault fault) throws IOException {
        boolean injected = true;
        for (int n = 1; injected; n++) {
            Path home = disk.wrap(Files.createDirectory(real.resolve("key" + fault + n)));
            disk.failAt(n, fault);
            Optional<SigningKey> made = create(home);
            injected = disk.injected() > 0;
            disk.heal();
            disk.losePower();
            List<KeyInfo> kept = store(home).list();
            if (made.isPresent()) {
                assertThat(store(home).open("laptop").did()).isEqualTo(made.get().did());
            } else if (kept.isEmpty()) {
                assertThat(create(home)).as(fault + " at " + n).isPresent();
            } else {
                assertThat(store(home).open("laptop").did())
                        .isEqualTo(kept.getFirst().did().orElseThrow());
            }
        }
    }

    private static Optional<SigningKey> create(Path home) {
        try {
            return Optional.of(store(home).create("laptop"));
        } catch (MarketplaceException e) {
            assertThat(e.code()).isIn(ErrorCode.STORAGE, ErrorCode.INSUFFICIENT_SPACE);
            return Optional.empty();
        }
    }
}
