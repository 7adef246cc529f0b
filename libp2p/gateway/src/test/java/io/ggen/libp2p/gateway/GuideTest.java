package io.ggen.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.content.BlockSource;
import io.ggen.content.DagFrontier;
import io.ggen.content.DagLimits;
import io.ggen.content.MemoryBlocks;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

@Timeout(60)
final class GuideTest {
    @Test
    void theExampleOfTheGuideWorksOverTcp() throws IOException {
        var blocks = new MemoryBlocks();
        var sink = new MemoryBlocks();
        Cid root = blocks.add(Cid.RAW, Bytes.utf8("hello world"));
        // example begins
        var clock = InstantSource.system();
        var anywhere = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
        var alice = PrivateKey.generate(KeyType.ED25519);
        var server = Host.start(HostOptions.of(alice, clock).listening(anywhere));
        Gateway.attach(server, GatewayOptions.of(blocks, cid -> true));

        var client = Host.start(HostOptions.of(PrivateKey.generate(KeyType.ED25519), clock));
        client.dial(server.peerId(), server.addresses());
        var frontier = new DagFrontier(BlockSource.empty(), DagLimits.standard());
        frontier.begin(root);
        CarOutcome outcome =
                new GatewayClient(client, Duration.ofSeconds(10))
                        .fetch(server.peerId(), root, frontier, sink, Duration.ofMinutes(10));

        var http = HttpGateway.listen(anywhere, GatewayOptions.of(sink, cid -> true), clock);
        String url = http.url() + "/ipfs/" + root + "?format=raw";
        // example ends
        assertThat(outcome).isEqualTo(new CarOutcome.Complete(1, 11));
        try (var in = URI.create(url).toURL().openStream()) {
            assertThat(in.readAllBytes()).isEqualTo(Bytes.utf8("hello world").toArray());
        }
        http.close();
        client.close();
        server.close();
    }

    @Test
    void theGuideShowsTheExampleThatIsTested() throws IOException {
        String guide = Files.readString(Path.of("..", "..", "docs", "gateway.md"));
        List<String> source =
                Files.readAllLines(Path.of("src/test/java/io/ggen/libp2p/gateway/GuideTest.java"));
        int begin = source.indexOf("        // example begins");
        int end = source.indexOf("        // example ends");
        for (String line : source.subList(begin + 1, end)) {
            assertThat(guide).contains(line.strip());
        }
    }
}
