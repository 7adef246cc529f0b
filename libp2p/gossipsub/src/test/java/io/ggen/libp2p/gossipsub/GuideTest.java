package io.ggen.libp2p.gossipsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.multiformats.Multiaddr;
import io.ggen.testkit.GuidePage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

@Timeout(60)
final class GuideTest {
    @Test
    void theExampleOfTheGuideWorksOverTcp() throws InterruptedException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        // example begins
        var clock = InstantSource.system();
        var anywhere = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
        var alice = PrivateKey.generate(KeyType.ED25519);
        var server = Host.start(HostOptions.of(alice, clock).listening(anywhere));
        var ears = Gossip.attach(server, GossipOptions.standard());
        ears.subscribe("/greetings/1", (author, data) -> heard.add(data.utf8()));

        var client = Host.start(HostOptions.of(PrivateKey.generate(KeyType.ED25519), clock));
        var mouth = Gossip.attach(client, GossipOptions.standard());
        client.dial(server.peerId(), server.addresses());
        // example ends
        String text = null;
        for (int i = 0; i < 50 && text == null; i++) {
            mouth.publish("/greetings/1", Bytes.utf8("Hello, everybody! " + i));
            text = heard.poll(200, TimeUnit.MILLISECONDS);
        }
        assertThat(text).startsWith("Hello, everybody!");
        client.close();
        server.close();
    }

    @Test
    void theGuideShowsTheExampleThatIsTested() throws IOException {
        new GuidePage(Path.of("../../docs/gossipsub.md"))
                .shows(Path.of("src/test/java/io/ggen/libp2p/gossipsub/GuideTest.java"));
    }
}
