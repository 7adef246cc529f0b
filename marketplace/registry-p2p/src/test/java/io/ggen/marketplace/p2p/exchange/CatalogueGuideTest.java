package io.ggen.marketplace.p2p.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.p2p.catalogue.Author;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.CatalogueLimits;
import io.ggen.marketplace.p2p.catalogue.Policy;
import io.ggen.marketplace.p2p.catalogue.Source;
import io.ggen.marketplace.p2p.database.Database;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

final class CatalogueGuideTest {
    @Test
    void theExampleOfTheGuideWorks() {
        var host =
                Host.start(
                        HostOptions.of(
                                PrivateKey.generate(KeyType.ED25519), InstantSource.system()));
        var envelope = new Author(1).release("acme/ui", "1.0.0");
        // example begins
        var clock = InstantSource.system();
        var database = Database.inMemory();
        var catalogue = Catalogue.open(database, CatalogueLimits.standard(), Policy.open(), clock);
        var exchange =
                CatalogueExchange.attach(host, catalogue, ExchangeLimits.standard(), peer -> {});
        catalogue.admit(envelope, new Source.Own());
        var versions = catalogue.versions(PackageRef.of(new PackageId("acme/ui")));
        // example ends
        assertThat(versions).hasSize(1);
        exchange.close();
        host.close();
        database.close();
    }

    @Test
    void theGuideShowsTheExampleThatIsTested() throws IOException {
        Path root = Path.of("..", "..");
        String guide = Files.readString(root.resolve("docs/catalogue.md"));
        List<String> source =
                Files.readAllLines(
                        Path.of(
                                "src/test/java/io/ggen/marketplace/p2p/exchange/CatalogueGuideTest.java"));
        int begin = source.indexOf("        // example begins");
        int end = source.indexOf("        // example ends");
        for (String line : source.subList(begin + 1, end)) {
            assertThat(guide).contains(line.strip());
        }
    }
}
