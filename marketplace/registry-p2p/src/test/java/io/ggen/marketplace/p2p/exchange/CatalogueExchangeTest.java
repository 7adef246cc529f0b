package io.ggen.marketplace.p2p.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.transport.MemoryNetwork;
import io.ggen.marketplace.core.trust.DenyList;
import io.ggen.marketplace.core.trust.Trust;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.p2p.catalogue.Author;
import io.ggen.marketplace.p2p.catalogue.Policy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

@Timeout(60)
final class CatalogueExchangeTest {
    private final MemoryNetwork network = new MemoryNetwork(1);
    private final List<Party> parties = new ArrayList<>();

    private Party party() {
        return party(ExchangeLimits.standard());
    }

    private Party party(ExchangeLimits limits) {
        Party party = Party.in(network, "n" + parties.size(), limits);
        parties.add(party);
        return party;
    }

    @AfterEach
    void close() {
        parties.forEach(Party::close);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Test
    void twoNodesConvergeByThemselvesOnceTheyAreConnected() {
        Party one = party().with(1, 90);
        Party other = party().with(2, 90);
        one.connect(other);
        await(() -> one.records() == 180 && other.records() == 180);
        await(() -> one.catalogue.lastExchange().isPresent());
    }

    @Test
    void fiveNodesInARowConverge() {
        List<Party> row = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            row.add(party().with(10 + i, 20));
        }
        for (int i = 0; i < 4; i++) {
            row.get(i).connect(row.get(i + 1));
        }
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 4; i++) {
                row.get(i).exchange.exchange(row.get(i + 1).id());
            }
        }
        await(() -> row.stream().allMatch(party -> party.records() == 100));
    }

    @Test
    void aSecondExchangeOfTheSameCostsOneRoundTripAndNothingElse() {
        Party one = party().with(1, 100);
        Party other = party();
        one.connect(other);
        await(() -> other.records() == 100);
        assertThat(one.exchange.exchange(other.id()))
                .isEqualTo(new ExchangeOutcome(0, 0, 0, 1, false));
    }

    @Test
    void muchIsExchangedInSeveralTurns() {
        Party one = party(ExchangeLimits.standard().cutAfter(40));
        Party other = party().with(1, 300);
        one.connect(other);
        await(() -> one.records() == 300);
        await(() -> one.catalogue.lastExchange().isPresent());
    }

    @Test
    void deniedRecordsAreNotFetchedAgainAndAgain(@TempDir Path home) throws IOException {
        Path file = home.resolve("deny.toml");
        Files.writeString(file, "[[deny]]\nid = \"p1-7\"\nreason = \"malware\"\nlist = \"ours\"\n");
        Party one = party();
        one.catalogue.apply(new Policy(Trust.none(), DenyList.read(file)));
        Party other = party().with(1, 60);
        one.connect(other);
        await(() -> one.records() == 59);
        await(() -> one.catalogue.lastExchange().isPresent());
        assertThat(one.exchange.exchange(other.id()))
                .isEqualTo(new ExchangeOutcome(0, 0, 0, 1, false));
        Party third = party();
        assertThat(third.records()).isZero();
        third.connect(one);
        await(() -> third.records() == 59);
    }

    @Test
    void yanksTravelAsReleasesDo() {
        var author = new Author(5);
        Party one = party();
        one.admit(author.release("ui", "1.0.0"), author.yank("ui", "1.0.0"));
        Party other = party();
        other.connect(one);
        await(() -> other.records() == 2);
        var ui = PackageRef.of(new PackageId("ui"));
        assertThat(other.catalogue.versions(ui)).allMatch(version -> version.yanked());
    }

    @Test
    void evidenceOfEquivocationSpreads() {
        var author = new Author(6);
        Bytes first = author.release("ui", "1.0.0");
        Bytes second =
                author.release(
                        author.at(1, java.util.Optional.empty()), "ui", "1.0.0", Author.TIME, "x");
        Party one = party();
        Party other = party();
        one.admit(first);
        other.admit(second);
        one.connect(other);
        await(() -> one.records() == 2 && other.records() == 2);
        var ui = PackageRef.of(new PackageId("ui"));
        assertThat(one.catalogue.versions(ui)).isEmpty();
        assertThat(other.catalogue.versions(ui)).isEmpty();
    }
}
