package io.ggen.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.BlockSource;
import io.ggen.content.CarWriter;
import io.ggen.content.DagFrontier;
import io.ggen.content.DagLimits;
import io.ggen.content.DagPbLink;
import io.ggen.content.DagPbNode;
import io.ggen.content.MemoryBlocks;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Stream;
import io.ggen.multiformats.Cid;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

@Timeout(60)
final class HostileGatewayTest {
    private static final Bytes HELLO = Bytes.utf8("hello world");
    private static final Cid CID = Cid.v1(Cid.RAW, Sha256.of(HELLO));
    private static final String OK = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";

    private final Pair pair = new Pair();

    @AfterEach
    void stop() {
        pair.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked",
                "Content-Length: 5",
                "Content-Length: 0\r\nContent-Length: 0",
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Content-Length: +0",
                "Content-Length : 0",
                "X: a\r\n folded",
                "X: a\r\n\tfolded",
                " X: a",
                "X: a\rb",
                "X: a\nY: b",
                "X: a\u0000",
                "X: \u00e9",
                ": a",
                "X",
                "Host: y",
                "Expect: 100-continue"
            })
    void smugglingIsRefused(String fields) {
        pair.serving().blocks.add(Cid.RAW, HELLO);
        String answer =
                pair.exchange(
                        "GET /ipfs/"
                                + CID
                                + "?format=raw HTTP/1.1\r\nHost: x\r\n"
                                + fields
                                + "\r\n\r\nGET /ipfs/"
                                + CID
                                + "?format=raw HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1\\.1 (400|501) .*");
        assertThat(answer).doesNotContain("hello world");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ipfs/bafkqaaa HTTP/1.0",
                "GET /ipfs/bafkqaaa HTTP/2.0",
                "GET /ipfs/bafkqaaa",
                "GET  /ipfs/bafkqaaa HTTP/1.1",
                "get /ipfs/bafkqaaa HTTP/1.1",
                "POST /ipfs/bafkqaaa HTTP/1.1",
                "CONNECT x:1 HTTP/1.1",
                "GET http://x/ipfs/bafkqaaa HTTP/1.1",
                "GET ipfs/bafkqaaa HTTP/1.1",
                "GET * HTTP/1.1",
                "GET /ipfs/bafkqaaa#a HTTP/1.1",
                "GET /ipfs/bafkqaaa\tx HTTP/1.1",
                ""
            })
    void oddRequestLinesAreRefused(String line) {
        assertThat(pair.serving().exchange(line + "\r\nHost: x\r\n\r\n"))
                .matches("(?s)HTTP/1\\.1 (400|405|505) .*");
    }

    @Test
    void aHeadWithoutEndIsRefused() {
        pair.serving();
        assertThat(pair.exchange("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000)))
                .startsWith("HTTP/1.1 431 ");
        assertThat(pair.exchange("GET / HTTP/1.1\r\n" + "X: a\r\n".repeat(100) + "\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(pair.exchange("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(pair.exchange("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    private CarOutcome fetch(Cid root) throws IOException {
        return fetch(root, new MemoryBlocks());
    }

    private CarOutcome fetch(Cid root, MemoryBlocks sink) throws IOException {
        var frontier = new DagFrontier(BlockSource.empty(), new DagLimits(1000, 10 << 20, 20));
        frontier.begin(root);
        return new GatewayClient(pair.client, Duration.ofSeconds(1))
                .fetch(pair.server.peerId(), root, frontier, sink, Duration.ofSeconds(5));
    }

    private static CarWriter writer(Stream stream) {
        stream.write(Bytes.utf8(OK).buffer());
        try {
            return new CarWriter(List.of(), stream::write);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void put(CarWriter car, Cid cid, Bytes block) {
        try {
            car.put(cid, block.buffer());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWrongBlockEndsTheDownload() throws IOException {
        pair.answering(stream -> put(writer(stream), CID, Bytes.utf8("hallo")));
        assertThat(fetch(CID)).isInstanceOf(CarOutcome.Misbehaved.class);
    }

    @Test
    void endlessDataEndsTheDownload() throws IOException {
        Cid root =
                pair.blocks.add(new DagPbNode(List.of(new DagPbLink("", CID, 0)), Bytes.empty()));
        Bytes node = pair.blocks.get(root).orElseThrow();
        pair.answering(stream -> {
            CarWriter car = writer(stream);
            while (true) {
                put(car, root, node);
            }
        });
        assertThat(fetch(root)).isInstanceOf(CarOutcome.Misbehaved.class);
        pair.answering(stream -> {
            CarWriter car = writer(stream);
            put(car, root, node);
            for (int i = 0; ; i++) {
                Bytes other = Bytes.utf8("other " + i);
                put(car, Cid.v1(Cid.RAW, Sha256.of(other)), other);
            }
        });
        assertThat(fetch(root)).isInstanceOf(CarOutcome.Misbehaved.class);
    }

    @Test
    void aStallEndsTheDownload() throws IOException {
        var over = new CountDownLatch(1);
        pair.answering(stream -> {
            writer(stream);
            stream.flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(fetch(CID)).isInstanceOf(CarOutcome.Truncated.class);
        over.countDown();
    }

    @Test
    void answersThatAreNoHttpOrNoCarAreRefused() throws IOException {
        for (String answer :
                List.of(
                        "garbage\r\n\r\n",
                        "",
                        "HTTP/1.1 200",
                        "HTTP/1.1 2000 OK\r\n\r\n",
                        OK + "\u0003abc garbage",
                        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nX: " + "a".repeat(20_000))) {
            pair.answering(stream -> stream.write(Bytes.utf8(answer).buffer()));
            assertThat(fetch(CID)).as(answer).isInstanceOf(CarOutcome.Misbehaved.class);
        }
    }

    @Test
    void brokenChunksAreACarThatEndsEarly() throws IOException {
        for (String body :
                List.of("zz\r\n", "ffffffffffffffffff\r\n", "5\r\nab", "5\nabcde\r\n", "")) {
            pair.answering(stream ->
                    stream.write(
                            Bytes.utf8(
                                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                                    + body)
                                    .buffer()));
            assertThat(fetch(CID)).as(body).isNotInstanceOf(CarOutcome.Complete.class);
        }
    }

    @Test
    void aDagBeyondTheLimitsIsRefused() throws IOException {
        Cid chain = CID;
        pair.serving().blocks.add(Cid.RAW, HELLO);
        for (int i = 0; i < 30; i++) {
            chain =
                    pair.blocks.add(
                            new DagPbNode(List.of(new DagPbLink("", chain, 0)), Bytes.empty()));
        }
        assertThat(fetch(chain)).isInstanceOf(CarOutcome.Misbehaved.class);
    }

    @Test
    void linksThatLieAboutSizesChangeNothing() throws IOException {
        pair.serving().blocks.add(Cid.RAW, HELLO);
        Cid root =
                pair.blocks.add(
                        new DagPbNode(
                                List.of(new DagPbLink("", CID, Long.MAX_VALUE)), Bytes.empty()));
        assertThat(fetch(root)).isInstanceOf(CarOutcome.Complete.class);
    }

    /** The node says that it is a file of one part, of 2^62 bytes twice: no range overflows. */
    @Test
    void aFileThatLiesAboutItsPartsIsServedAsFarAsItGoes() throws IOException {
        pair.serving().blocks.add(Cid.RAW, HELLO);
        Bytes data = Bytes.fromHex("0802" + "20ffffffffffffffff3f".repeat(2));
        Cid file =
                pair.blocks.add(
                        new DagPbNode(
                                List.of(new DagPbLink("", CID, 0), new DagPbLink("", CID, 0)),
                                data));
        for (String range :
                List.of("0:*", "-1:*", "9223372036854775806:*", "0:-1", "-9223372036854775808:0")) {
            String answer =
                    pair.exchange(
                            "GET /ipfs/"
                                    + file
                                    + "?format=car&entity-bytes="
                                    + range
                                    + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("0\r\n\r\n");
        }
    }

    /** Sub-shards that all link the same block: walked once, at most eight levels deep. */
    @Test
    void shardsThatLinkOneAnotherAreWalkedOnce() throws IOException {
        Bytes shard = Bytes.fromHex("0805120101" + "2822" + "308002");
        Cid below = pair.serving().blocks.add(new DagPbNode(List.of(), shard));
        for (int i = 0; i < 12; i++) {
            List<DagPbLink> links = new ArrayList<>();
            for (int slot = 0; slot < 256; slot++) {
                links.add(new DagPbLink("%02X".formatted(slot), below, 0));
            }
            below = pair.blocks.add(new DagPbNode(links, shard));
        }
        String answer =
                pair.exchange("GET /ipfs/" + below + "/x/y?format=car HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 404 ");
        String entity =
                pair.exchange(
                        "GET /ipfs/"
                                + below
                                + "?format=car&dag-scope=entity HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(entity).startsWith("HTTP/1.1 200 OK").endsWith("0\r\n\r\n");
    }

    @Test
    void aPeerThatReadsNothingIsGivenUp() throws IOException {
        var source = new MemoryBlocks();
        Bytes large = Bytes.wrap(new byte[2 << 20]);
        Cid cid = source.add(Cid.RAW, large);
        GatewayOptions standard = GatewayOptions.of(source, it -> true);
        Gateway.attach(
                pair.server,
                new GatewayOptions(
                        standard.source(),
                        standard.allowed(),
                        standard.upload(),
                        1,
                        1,
                        Duration.ofMillis(300),
                        standard.limits()));
        try (Stream idle = pair.client.open(pair.server.peerId(), Gateway.PROTOCOL)) {
            idle.write(
                    Bytes.utf8("GET /ipfs/" + cid + "?format=raw HTTP/1.1\r\nHost: x\r\n\r\n")
                            .buffer());
            idle.flush();
            idle.timeout(Duration.ofSeconds(20));
            assertThat(idle.read(ByteBuffer.allocate(1))).isEqualTo(1);
            String answer = "HTTP/1.1 503";
            while (answer.startsWith("HTTP/1.1 503")) {
                answer = pair.exchange("GET /ipfs/bafkqaaa HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            assertThat(answer).startsWith("HTTP/1.1 200");
            assertThat(Pair.readAll(idle).utf8())
                    .endsWith("[" + Libp2pException.Code.STREAM_RESET + "]");
        }
    }
}
