package io.ggen.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.TokenBucket;
import io.ggen.content.Block;
import io.ggen.content.BlockSource;
import io.ggen.content.CarReader;
import io.ggen.content.ContentHasher;
import io.ggen.content.DagFrontier;
import io.ggen.content.DagLimits;
import io.ggen.content.DagPbNode;
import io.ggen.content.FileTree;
import io.ggen.content.MemoryBlocks;
import io.ggen.content.TreeEntry;
import io.ggen.content.Trees;
import io.ggen.libp2p.gateway.http.HttpHead;
import io.ggen.libp2p.gateway.http.HttpInput;
import io.ggen.libp2p.host.Stream;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

@Timeout(60)
final class GatewayTest {
    private final Pair pair = new Pair();

    @AfterEach
    void stop() {
        pair.close();
    }

    /** A folder with a file of four chunks and, in a sharded folder, 4,000 small ones. */
    private Cid store() throws IOException {
        List<TreeEntry> entries = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            entries.add(
                    Trees.file(
                            "many/a rather long name for a small file, number " + i,
                            "content " + i));
        }
        byte[] large = new byte[(3 << 20) + 7];
        new Random(1).nextBytes(large);
        entries.add(Trees.ofBytes("large", Bytes.wrap(large), false));
        return ContentHasher.digest(FileTree.of(entries), pair.blocks).cid();
    }

    private static String get(String target, String... fields) {
        return "GET "
                + target
                + " HTTP/1.1\r\nHost: x\r\n"
                + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n")
                + "\r\n";
    }

    private List<Block> car(String target) throws IOException {
        try (Stream stream = pair.client.open(pair.server.peerId(), Gateway.PROTOCOL)) {
            stream.timeout(Duration.ofSeconds(20));
            stream.write(Bytes.utf8(get(target)).buffer());
            var in = new HttpInput(stream);
            HttpHead head = in.head().orElseThrow();
            assertThat(head.start()).isEqualTo("HTTP/1.1 200 OK");
            var reader = new CarReader(in.body(head));
            List<Block> blocks = new ArrayList<>();
            for (Optional<Block> next = reader.next(); next.isPresent(); next = reader.next()) {
                blocks.add(next.get());
            }
            return blocks;
        }
    }

    private Cid child(Cid folder, String name) {
        return DagPbNode.decodeAny(pair.blocks.get(folder).orElseThrow()).links().stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElseThrow()
                .cid();
    }

    @Test
    void saysWhatItServes() {
        assertThat(pair.serving().exchange(get("/.well-known/libp2p/protocols")))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Type: application/json\r\n")
                .endsWith("{\"protocols\":{\"/ipfs/gateway\":{\"path\":\"/\"}}}");
    }

    @Test
    void theProbeIsAnsweredWithNothing() {
        pair.serving();
        assertThat(pair.exchange(get("/ipfs/bafkqaaa?format=raw")))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Length: 0\r\n")
                .endsWith("\r\n\r\n");
        assertThat(pair.exchange(get("/ipfs/bafkqaaa"))).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void aBlockIsServedWithItsName() {
        Cid cid = pair.serving().blocks.add(Cid.RAW, Bytes.utf8("hello world"));
        assertThat(pair.exchange(get("/ipfs/" + cid + "?format=raw")))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Type: application/vnd.ipld.raw\r\n")
                .contains("Content-Disposition: attachment; filename=\"" + cid + ".bin\"\r\n")
                .contains("Etag: \"" + cid + ".raw\"\r\n")
                .contains("Content-Length: 11\r\n")
                .contains("X-Content-Type-Options: nosniff\r\n")
                .endsWith("\r\n\r\nhello world");
        assertThat(pair.exchange("HEAD" + get("/ipfs/" + cid + "?format=raw").substring(3)))
                .contains("Content-Length: 11\r\n")
                .endsWith("\r\n\r\n");
        assertThat(
                        pair.exchange(
                                get(
                                        "/ipfs/" + cid + "?format=raw",
                                        "If-None-Match: \"" + cid + ".raw\"")))
                .startsWith("HTTP/1.1 304 ");
    }

    @Test
    void formatBeatsAccept() {
        Cid cid = pair.serving().blocks.add(Cid.RAW, Bytes.utf8("hello world"));
        String car = "Accept: application/vnd.ipld.car; version=1; order=dfs";
        assertThat(pair.exchange(get("/ipfs/" + cid + "?format=raw", car))).endsWith("hello world");
        assertThat(pair.exchange(get("/ipfs/" + cid, car)))
                .contains(
                        "Content-Type: application/vnd.ipld.car; version=1; order=dfs; dups=n\r\n")
                .contains("filename=\"" + cid + ".car\"");
        String both = "Accept: application/vnd.ipld.car;q=0.5, application/vnd.ipld.raw";
        assertThat(pair.exchange(get("/ipfs/" + cid, both))).endsWith("hello world");
    }

    @Test
    void whatIsNotHeldOrNotAskedProperlyIsRefused() {
        Cid cid = pair.serving().blocks.add(Cid.RAW, Bytes.utf8("hello world"));
        Cid none = Cid.parse("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
        pair.blocks.blocks.remove(none);
        assertThat(pair.exchange(get("/ipfs/" + none + "?format=raw"))).startsWith("HTTP/1.1 404 ");
        assertThat(
                        pair.exchange(
                                get(
                                        "/ipfs/" + none + "?format=car",
                                        "Cache-Control: only-if-cached")))
                .startsWith("HTTP/1.1 412 ");
        assertThat(cid).isEqualTo(none);
        pair.blocks.add(Cid.RAW, Bytes.utf8("hello world"));
        assertThat(pair.exchange(get("/ipfs/" + cid))).startsWith("HTTP/1.1 400 ");
        assertThat(pair.exchange(get("/ipfs/" + cid, "Accept: */*"))).startsWith("HTTP/1.1 400 ");
        for (String target :
                List.of(
                        "/ipfs/",
                        "/ipfs/x?format=raw",
                        "/ipfs/" + cid + "?format=tar",
                        "/ipfs/" + cid + "?format=raw&format=car",
                        "/ipfs/" + cid + "/a?format=raw",
                        "/ipfs/" + cid + "//a?format=car",
                        "/ipfs/" + cid + "/../a?format=car",
                        "/ipfs/" + cid + "/%2e%2e/a?format=car",
                        "/ipfs/" + cid + "/a%2fb?format=car",
                        "/ipfs/" + cid + "/a%00?format=car",
                        "/ipfs/" + cid + "/a%?format=car",
                        "/ipfs/" + cid + "?format=car&dag-scope=every",
                        "/ipfs/" + cid + "?format=car&entity-bytes=1",
                        "/ipfs/" + cid + "?format=car&entity-bytes=a:b",
                        "/ipfs/" + cid + "?format=car&car-version=2")) {
            assertThat(pair.exchange(get(target))).as(target).startsWith("HTTP/1.1 400 ");
        }
        assertThat(pair.exchange(get("/ipns/x?format=raw"))).startsWith("HTTP/1.1 404 ");
        assertThat(pair.exchange(get("/etc/passwd"))).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aCarHasWhatItsScopeMeans() throws IOException {
        Cid root = store();
        pair.serving();
        Cid large = child(root, "large");
        Cid many = child(root, "many");
        assertThat(car("/ipfs/" + root + "?format=car")).hasSameSizeAs(pair.blocks.blocks.keySet());
        assertThat(car("/ipfs/" + root + "?format=car&dag-scope=block"))
                .extracting(Block::cid)
                .containsExactly(root);
        assertThat(car("/ipfs/" + root + "?format=car&dag-scope=entity"))
                .extracting(Block::cid)
                .containsExactly(root);
        assertThat(car("/ipfs/" + root + "/large?format=car"))
                .extracting(Block::cid)
                .startsWith(root, large)
                .hasSize(6);
        List<Block> shards = car("/ipfs/" + root + "/many?format=car&dag-scope=entity");
        assertThat(shards).extracting(Block::cid).startsWith(root, many);
        assertThat(shards.size()).isBetween(100, 1000);
        assertThat(shards).allMatch(block -> block.cid().codec() == Cid.DAG_PB);
        String name = "a%20rather%20long%20name%20for%20a%20small%20file,%20number%2077";
        assertThat(car("/ipfs/" + root + "/many/" + name + "?format=car").getLast().bytes().utf8())
                .isEqualTo("content 77");
        assertThat(pair.exchange(get("/ipfs/" + root + "/many/none?format=car")))
                .startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aRangeOfAFileTakesTheBlocksThatHoldIt() throws IOException {
        Cid root = store();
        pair.serving();
        Cid large = child(root, "large");
        List<Cid> chunks =
                DagPbNode.decodeAny(pair.blocks.get(large).orElseThrow()).links().stream()
                        .map(link -> link.cid())
                        .toList();
        String url = "/ipfs/" + large + "?format=car&entity-bytes=";
        assertThat(cids(url + "0:0")).containsExactly(large, chunks.get(0));
        assertThat(cids(url + "1048575:1048576"))
                .containsExactly(large, chunks.get(0), chunks.get(1));
        assertThat(cids(url + "-7:*")).containsExactly(large, chunks.get(3));
        assertThat(cids(url + "2097152:-8")).containsExactly(large, chunks.get(2));
        assertThat(cids(url + "0:*")).hasSize(5);
        assertThat(cids(url + "9999999:*")).containsExactly(large);
        assertThat(cids(url + "5:2")).containsExactly(large);
        assertThat(cids(url + "0:9223372036854775807")).hasSize(5);
        assertThat(cids(url + "-9223372036854775808:*")).hasSize(5);
    }

    private List<Cid> cids(String target) throws IOException {
        return car(target).stream().map(Block::cid).toList();
    }

    @Test
    void aWholeDagIsFetched() throws IOException {
        Cid root = store();
        pair.serving();
        var mine = new MemoryBlocks();
        var frontier = new DagFrontier(mine, DagLimits.standard());
        frontier.begin(root);
        CarOutcome outcome = fetch(root, frontier, mine);
        assertThat(outcome).isInstanceOf(CarOutcome.Complete.class);
        assertThat(mine.blocks).isEqualTo(pair.blocks.blocks);
    }

    private CarOutcome fetch(Cid root, DagFrontier frontier, MemoryBlocks sink) throws IOException {
        return new GatewayClient(pair.client, Duration.ofSeconds(2))
                .fetch(pair.server.peerId(), root, frontier, sink, Duration.ofSeconds(30));
    }

    @Test
    void aMissingBlockCutsTheCarAndTheRestIsKnown() throws IOException {
        Cid root = store();
        pair.serving();
        Cid gone =
                DagPbNode.decodeAny(pair.blocks.get(child(root, "large")).orElseThrow())
                        .links()
                        .get(2)
                        .cid();
        pair.blocks.blocks.remove(gone);
        var mine = new MemoryBlocks();
        var frontier = new DagFrontier(BlockSource.empty(), DagLimits.standard());
        frontier.begin(root);
        assertThat(fetch(root, frontier, mine)).isInstanceOf(CarOutcome.Truncated.class);
        assertThat(frontier.misses(gone)).isTrue();
        assertThat(mine.blocks).isNotEmpty();
    }

    @Test
    void whatTheServerLacksOrDoesNotSpeakIsSaid() throws IOException {
        var frontier = new DagFrontier(BlockSource.empty(), DagLimits.standard());
        Cid none = Cid.parse("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
        frontier.begin(none);
        assertThat(fetch(none, frontier, new MemoryBlocks()))
                .isInstanceOf(CarOutcome.Unreachable.class);
        pair.serving();
        assertThat(fetch(none, frontier, new MemoryBlocks()))
                .isEqualTo(new CarOutcome.NotServed(404, "no block " + none));
    }

    @Test
    void overHttpItAnswersToItsOwnNameAlone() throws Exception {
        Cid cid = pair.blocks.add(Cid.RAW, Bytes.utf8("hello world"));
        GatewayOptions options = GatewayOptions.of(pair.blocks, it -> true);
        Multiaddr anywhere = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
        try (HttpGateway gateway = HttpGateway.listen(anywhere, options, InstantSource.system());
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(gateway.url() + "/ipfs/" + cid + "?format=raw");
            var request = HttpRequest.newBuilder(uri).build();
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("hello world");
            String port = ":" + uri.getPort();
            assertThat(raw(uri.getPort(), "localhost" + port)).startsWith("HTTP/1.1 200 ");
            for (String host : List.of("evil.example", "127.0.0.1", "localhost.evil" + port)) {
                assertThat(raw(uri.getPort(), host)).startsWith("HTTP/1.1 421 ");
            }
        }
    }

    private static String raw(int port, String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(
                            Bytes.utf8("GET /ipfs/bafkqaaa HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                                    .toArray());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void overHttpItListensOnLoopbackAlone() {
        GatewayOptions options = GatewayOptions.of(pair.blocks, it -> true);
        assertThatThrownBy(() ->
                        HttpGateway.listen(
                                Multiaddr.parse("/ip4/0.0.0.0/tcp/0"),
                                options,
                                InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tooManyRequestsAtOnceAreToldSo() {
        Gateway.attach(
                pair.server,
                GatewayOptions.of(pair.blocks, cid -> true)
                        .exchanging(4, 1)
                        .limited(TokenBucket.unlimited()));
        try (Stream first = pair.client.open(pair.server.peerId(), Gateway.PROTOCOL)) {
            first.write(Bytes.utf8("GET ").buffer());
            first.flush();
            String answer = pair.exchange(get("/ipfs/bafkqaaa"));
            while (answer.startsWith("HTTP/1.1 200")) {
                answer = pair.exchange(get("/ipfs/bafkqaaa"));
            }
            assertThat(answer).startsWith("HTTP/1.1 503 ");
        }
    }
}
