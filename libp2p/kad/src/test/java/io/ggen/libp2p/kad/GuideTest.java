package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

@Timeout(60)
final class GuideTest {
    @Test
    void theExampleOfTheGuideWorksOverTcp() {
        // example begins
        var greetings =
                new Validator() {
                    @Override
                    public boolean isValid(KadRecord record) {
                        return record.value().length() < 100;
                    }

                    @Override
                    public int compare(KadRecord a, KadRecord b) {
                        return a.value().compareTo(b.value());
                    }
                };
        var validators = new Validators(Map.of("greeting", greetings));
        var options = KadOptions.of("/example/kad/1.0.0", validators);
        var clock = InstantSource.system();
        var anywhere = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");

        var alice = PrivateKey.generate(KeyType.ED25519);
        var server = Host.start(HostOptions.of(alice, clock).listening(anywhere));
        var keeper = Kad.attach(server, Identify.attach(server), options);

        var bob = PrivateKey.generate(KeyType.ED25519);
        var client = Host.start(HostOptions.of(bob, clock).listening(anywhere));
        var asker =
                Kad.attach(
                        client,
                        Identify.attach(client),
                        KadOptions.of("/example/kad/1.0.0", validators));
        client.dial(server.peerId(), server.addresses());
        // example ends
        Party.eventually(() -> asker.table().size() == 1);
        // use begins
        var stored = asker.put(Bytes.utf8("/greeting/en"), Bytes.utf8("hello"));
        var found = keeper.get(Bytes.utf8("/greeting/en"), 1);
        // use ends
        assertThat(stored.holders()).isOne();
        assertThat(found.best().map(KadRecord::value)).contains(Bytes.utf8("hello"));
        asker.close();
        keeper.close();
        client.close();
        server.close();
    }

    @Test
    void theGuideShowsTheExampleThatIsTested() throws IOException {
        String guide = Files.readString(Path.of("..", "..", "docs/kad.md"));
        List<String> source =
                Files.readAllLines(Path.of("src/test/java/io/ggen/libp2p/kad/GuideTest.java"));
        for (String part : List.of("example", "use")) {
            int begin = source.indexOf("        // " + part + " begins");
            int end = source.indexOf("        // " + part + " ends");
            for (String line : source.subList(begin + 1, end)) {
                assertThat(guide).contains(line.strip());
            }
        }
    }
}
