package io.ggen.libp2p.bitswap;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.content.BlockSource;
import io.ggen.content.CarWriter;
import io.ggen.content.ContentHasher;
import io.ggen.content.FileTree;
import io.ggen.content.MemoryBlocks;
import io.ggen.content.Trees;
import io.ggen.libp2p.bitswap.serve.ServeOptions;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

@Timeout(60)
final class GuideTest {
    @Test
    void theExampleOfTheGuideWorksOverTcp(@TempDir Path folder) throws IOException {
        var blocks = new MemoryBlocks();
        var tree = FileTree.of(List.of(Trees.ofBytes("hello.txt", Bytes.utf8("hello"), false)));
        Cid root = ContentHasher.digest(tree, blocks).cid();
        Path file = folder.resolve("content.car");
        // example begins
        var clock = InstantSource.system();
        var anywhere = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
        var alice = PrivateKey.generate(KeyType.ED25519);
        var server = Host.start(HostOptions.of(alice, clock).listening(anywhere));
        Bitswap.attach(server, BitswapOptions.serving(ServeOptions.of(blocks, cid -> true)));

        var client = Host.start(HostOptions.of(PrivateKey.generate(KeyType.ED25519), clock));
        var nothing = ServeOptions.of(BlockSource.empty(), cid -> false);
        var bitswap = Bitswap.attach(client, BitswapOptions.serving(nothing));
        client.dial(server.peerId(), server.addresses());
        FetchOutcome outcome;
        try (var out = Channels.newChannel(Files.newOutputStream(file))) {
            var car = new CarWriter(List.of(root), out::write);
            outcome = bitswap.fetch(FetchRequest.of(root, List.of(server.peerId()), car));
        }
        // example ends
        assertThat(outcome).isInstanceOf(FetchOutcome.Complete.class);
        assertThat(Files.size(file)).isGreaterThan(100);
        client.close();
        server.close();
    }

    @Test
    void theGuideShowsTheExampleThatIsTested() throws IOException {
        String guide = Files.readString(Path.of("..", "..", "docs", "bitswap.md"));
        List<String> source =
                Files.readAllLines(Path.of("src/test/java/io/ggen/libp2p/bitswap/GuideTest.java"));
        int begin = source.indexOf("        // example begins");
        int end = source.indexOf("        // example ends");
        for (String line : source.subList(begin + 1, end)) {
            assertThat(guide).contains(line.strip());
        }
    }
}
