package io.ggen.marketplace.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.config.SettingsReader;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class NetworkSettingsTest {
    private static final String NODE =
            "/ip4/192.0.2.1/tcp/4001/p2p/12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";

    @TempDir Path directory;

    private NetworkOptions read(String config, Map<String, String> variables) throws IOException {
        Home home = new Home(directory);
        Files.writeString(home.config(), config);
        return NetworkSettings.read(
                new SettingsReader(home, directory, warning -> {})
                        .read(variables, Optional.empty()));
    }

    @Test
    void whereNobodySaysAnythingTheDefaultsHold() throws IOException {
        assertThat(read("", Map.of())).isEqualTo(NetworkOptions.standard());
    }

    @Test
    void everySettingArrives() throws IOException {
        NetworkOptions options =
                read(
                        """
                        [marketplace.p2p]
                        role = "bootstrap"
                        dht_mode = "server"
                        listen_addresses = ["/ip4/127.0.0.1/tcp/4001", "/ip6/::1/tcp/4001"]
                        mdns = false
                        private_network_key = "swarm.key"
                        store_limit = "5GiB"
                        upload_limit = "5MiB/s"
                        max_connections = 12
                        gateway_listen = "127.0.0.1:8080"
                        http_gateways = ["https://example.org"]
                        [[marketplace.p2p.bootstrap_nodes]]
                        address = "%s"
                        priority = 2
                        [[marketplace.p2p.bootstrap_nodes]]
                        address = "%s"
                        priority = 1
                        region = "eu"
                        [marketplace.p2p.reputation]
                        min_reputation = 0.7
                        prune_after_days = 3
                        """
                                .formatted(NODE, NODE),
                        Map.of("GGEN_P2P_DOWNLOAD_LIMIT", "1MiB/s"));
        assertThat(options.role()).isEqualTo(NetworkOptions.Role.BOOTSTRAP);
        assertThat(options.dhtMode()).isEqualTo(NetworkOptions.DhtMode.SERVER);
        assertThat(options.listen())
                .containsExactly(
                        Multiaddr.parse("/ip4/127.0.0.1/tcp/4001"),
                        Multiaddr.parse("/ip6/::1/tcp/4001"));
        assertThat(options.mdns()).isFalse();
        assertThat(options.privateNetworkKey()).contains(directory.resolve("swarm.key"));
        assertThat(options.limits().store()).isEqualTo(ByteSize.mib(5 * 1024));
        assertThat(options.limits().upload()).contains(ByteSize.mib(5));
        assertThat(options.limits().download()).contains(ByteSize.mib(1));
        assertThat(options.limits().connections()).isEqualTo(12);
        assertThat(options.gateways().listen()).isEqualTo(new HostPort("127.0.0.1", 8080));
        assertThat(options.gateways().fallbacks()).containsExactly("https://example.org");
        assertThat(options.bootstrap()).extracting(node -> node.region()).containsExactly("eu", "");
        assertThat(options.reputation())
                .isEqualTo(new NetworkOptions.ReputationPolicy(0.7, 0.2, Duration.ofDays(3)));
    }

    @Test
    void aWrongValueIsNamedWithWhoSetIt() {
        for (String wrong :
                List.of(
                        "listen_addresses = [\"nowhere\"]",
                        "gateway_listen = \"8080\"",
                        "max_connections = 0",
                        "packages_topic = \" \"")) {
            assertThatThrownBy(() -> read("[marketplace.p2p]\n" + wrong + "\n", Map.of()))
                    .as(wrong)
                    .hasMessageContaining("config.toml")
                    .hasMessageContaining(wrong.substring(0, wrong.indexOf(' ')));
        }
        assertThatThrownBy(() -> read("[marketplace.p2p]\napi_key = \"k.pem\"\n", Map.of()))
                .hasMessageContaining("belong together");
    }

    @Test
    void placesToListenAtReadBackAsTheyWereWritten() {
        for (String text : List.of("127.0.0.1:0", "[::1]:65535", "localhost:80")) {
            assertThat(HostPort.parse(text).toString()).isEqualTo(text);
        }
        for (String wrong : List.of("80", ":80", "::1:80", "host:65536", "host:x", "host:")) {
            assertThatThrownBy(() -> HostPort.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
