package io.ggen.libp2p;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.multiformats.Multiaddr;
import io.ggen.testkit.GuidePage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

@Timeout(30)
final class GuideTest {
    @Test
    void theExampleOfTheGuideWorks() {
        // example begins
        var clock = InstantSource.system();
        var anywhere = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
        var key = PrivateKey.generate(KeyType.ED25519);
        var server = Host.start(HostOptions.of(key, clock).listening(anywhere));
        server.handle(
                "/greet/1.0.0",
                stream -> {
                    String name = Frames.read(stream, 100).orElseThrow().utf8();
                    Frames.write(stream, Bytes.utf8("Hello, " + name + "!"));
                });
        var client = Host.start(HostOptions.of(PrivateKey.generate(KeyType.ED25519), clock));
        client.dial(server.peerId(), server.addresses());
        String answer;
        try (Stream stream = client.open(server.peerId(), "/greet/1.0.0")) {
            Frames.write(stream, Bytes.utf8("world"));
            answer = Frames.read(stream, 100).orElseThrow().utf8();
        }
        client.close();
        server.close();
        // example ends
        assertThat(answer).isEqualTo("Hello, world!");
    }

    @Test
    void theGuideShowsTheExampleThatIsTested() throws IOException {
        new GuidePage(Path.of("../../docs/libp2p.md"))
                .shows(Path.of("src/test/java/io/ggen/libp2p/GuideTest.java"));
    }
}
