package io.ggen.marketplace.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.content.Block;
import io.ggen.content.BlockSink;
import io.ggen.content.CarReader;
import io.ggen.content.Dag;
import io.ggen.content.DagLimits;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.multiformats.Cid;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The gateway over plain HTTP that a node opens on loopback. */
final class GatewayOfNodeTest {
    @TempDir private Path folder;
    private final TestPublisher alice = TestPublisher.number(1);
    @AutoClose private final TestNodes nodes = new TestNodes(() -> folder);

    @Test
    void aPublishedPackageIsHadAsACarWhoseBlocksAreTheRightOnes() throws Exception {
        P2pNode node = nodes.start("one");
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(node.registry());
        Cid root = leaf.release().content().cid();

        byte[] car = get(node, "/ipfs/" + root + "?format=car").body();

        Map<Cid, Bytes> blocks = new HashMap<>();
        var reader = new CarReader(new ByteArrayInputStream(car));
        for (Optional<Block> next = reader.next(); next.isPresent(); next = reader.next()) {
            blocks.put(next.get().cid(), next.get().bytes());
        }
        Dag.Extent extent =
                Dag.walk(
                        root,
                        cid -> Optional.ofNullable(blocks.get(cid)),
                        DagLimits.standard(),
                        BlockSink.discard());
        assertThat(extent.blocks()).isEqualTo(blocks.size()).isPositive();
    }

    @Test
    void whatNobodyPublishedFromHereIsNotFound() throws Exception {
        P2pNode node = nodes.start("one");
        Cid other = alice.release("leaf", "1.0.0").release().content().cid();

        assertThat(get(node, "/ipfs/" + other + "?format=raw").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1:1", "localhost", "127.0.0.1.evil.example"})
    void aPageThatPointsItsNameHereGetsNothing(String host) throws Exception {
        P2pNode node = nodes.start("one");
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(node.registry());

        String answer =
                raw(
                        node,
                        "GET /ipfs/%s?format=raw HTTP/1.1\r\nHost: %s\r\n\r\n"
                                .formatted(leaf.release().content().cid(), host));

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("leaf 1.0.0");
    }

    @Test
    void aScriptOfAnotherOriginIsNotAllowedToReadTheAnswer() throws Exception {
        P2pNode node = nodes.start("one");
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(node.registry());
        String path = "/ipfs/" + leaf.release().content().cid() + "?format=raw";
        String host = URI.create(node.status().gateway().orElseThrow()).getAuthority();

        String answer =
                raw(
                        node,
                        "GET %s HTTP/1.1\r\nHost: %s\r\nOrigin: http://evil.example\r\n\r\n"
                                .formatted(path, host));

        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("access-control-allow");
    }

    @Test
    void aPassingNodeOpensNone() throws Exception {
        assertThat(nodes.start("one", Standing.PASSING).status().gateway()).isEmpty();
    }

    private static HttpResponse<byte[]> get(P2pNode node, String path) throws Exception {
        URI url = URI.create(node.status().gateway().orElseThrow() + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static String raw(P2pNode node, String request) throws IOException {
        URI url = URI.create(node.status().gateway().orElseThrow());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
