package io.ggen.marketplace.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class SettingsTest {
    private static final String NODE =
            "/ip4/192.0.2.1/tcp/4001/p2p/12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";

    @TempDir Path directory;
    private final List<String> warnings = new ArrayList<>();
    private Home home;

    @BeforeEach
    void makeHome() {
        home = new Home(directory.resolve("home"));
    }

    private Settings read(Map<String, String> variables, Optional<Path> manifest) {
        return new SettingsReader(home, directory, warnings::add).read(variables, manifest);
    }

    private Settings read() {
        return read(Map.of(), Optional.empty());
    }

    private void config(String text) throws IOException {
        Files.createDirectories(home.root());
        Files.writeString(home.config(), text);
    }

    @Test
    void holdDefaultsWhereNobodySetsAnything() {
        Settings settings = read();
        assertThat(settings.registryPath()).isEqualTo(home.registry());
        assertThat(settings.cacheCapacity()).isEqualTo(100);
        assertThat(settings.lockWait()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.registry()).isEqualTo("file");
    }

    @Test
    void takeTheEnvironmentBeforeTheProjectBeforeTheConfiguration() throws IOException {
        config("[marketplace]\nlock_wait = \"1s\"\ncache_capacity = 1\nminimum_age = \"1d\"\n");
        Path manifest = directory.resolve("ggen.toml");
        Files.writeString(manifest, "[marketplace]\nlock_wait = \"2s\"\ncache_capacity = 2\n");
        Settings settings = read(Map.of("GGEN_LOCK_WAIT", "3s"), Optional.of(manifest));
        assertThat(settings.lockWait()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.cacheCapacity()).isEqualTo(2);
        assertThat(settings.minimumAge()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void takeNoPathsFromAProjectThatSomebodyElseWrote() throws IOException {
        Path manifest = directory.resolve("ggen.toml");
        Files.writeString(manifest, "[marketplace]\npackages_path = \"/etc\"\n");
        assertThat(read(Map.of(), Optional.of(manifest)).packagesPath()).isEqualTo(home.packages());
        assertThat(warnings).singleElement().asString().contains("not taken from a project");
    }

    @Test
    void warnOfUnknownKeysWithTheNearestKnown() throws IOException {
        config("[marketplace]\ncache_capcity = 5\n");
        read();
        assertThat(warnings)
                .containsExactly(
                        home.config()
                                + ":2:1: there is no setting marketplace.cache_capcity; did you"
                                + " mean marketplace.cache_capacity?");
    }

    @Test
    void refuseWrongTypesWithFileLineAndColumn() throws IOException {
        config("[marketplace]\ncache_capacity = \"many\"\n");
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION))
                .hasMessage(
                        home.config()
                                + ":2:1: marketplace.cache_capacity is a whole number, not the"
                                + " text \"many\"");
    }

    @Test
    void refuseBrokenTomlWithItsPlace() throws IOException {
        config("[marketplace\n");
        assertThatThrownBy(this::read).hasMessageContaining("config.toml:1:");
    }

    @Test
    void refuseABootstrapNodeThatNamesNoPeer() throws IOException {
        config(
                """
                [marketplace.p2p]
                [[marketplace.p2p.bootstrap_nodes]]
                address = "/ip4/192.0.2.1/tcp/4001"
                """);
        assertThatThrownBy(this::read)
                .hasMessageContaining("config.toml:2:")
                .hasMessageContaining("/p2p/ID");
    }

    @Test
    void readBootstrapNodesAndReputation() throws IOException {
        config(
                """
                [marketplace.p2p]
                dht_mode = "server"
                [[marketplace.p2p.bootstrap_nodes]]
                address = "%s"
                priority = 1
                region = "eu"
                [[marketplace.p2p.bootstrap_nodes]]
                address = "%s"
                [marketplace.p2p.reputation]
                min_reputation = 0.7
                """
                        .formatted(NODE, NODE));
        Settings settings = read();
        assertThat(warnings).isEmpty();
        Multiaddr address = Multiaddr.parse(NODE);
        assertThat(settings.bootstrapNodes())
                .containsExactly(
                        new BootstrapNode(address, 1, "eu"), new BootstrapNode(address, 0, ""));
        assertThat(settings.given("marketplace.p2p.dht_mode").orElseThrow().text())
                .isEqualTo("server");
    }

    @Test
    void refuseAValueThatIsNoChoice() {
        assertThatThrownBy(() -> read(Map.of("GGEN_P2P_DHT_MODE", "off"), Optional.empty()))
                .hasMessageContaining("GGEN_P2P_DHT_MODE")
                .hasMessageContaining("one of auto, server, client");
    }

    @Test
    void areChangedWithTheirCommentsKept() throws IOException {
        config("# mine\n[marketplace]\ncache_capacity = 5 # small\n");
        SettingKey key = SettingKey.find("cache_capacity").orElseThrow();
        new SettingsEditor(home).set(key, "6");
        assertThat(home.config()).hasContent("# mine\n[marketplace]\ncache_capacity = 6 # small\n");
        assertThatThrownBy(() -> new SettingsEditor(home).set(key, "six"))
                .hasMessageContaining("whole number");
    }

    @Test
    void findTheNearestOfMistypedWords() {
        List<String> words = List.of("search", "install", "publish");
        assertThat(Nearest.of("serach", words)).contains("search");
        assertThat(Nearest.of("inst", words)).contains("install");
        assertThat(Nearest.of("xyz", words)).isEmpty();
    }
}
