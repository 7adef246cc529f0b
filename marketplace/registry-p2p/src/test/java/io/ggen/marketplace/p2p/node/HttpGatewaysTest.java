package io.ggen.marketplace.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import io.ggen.base.ByteSize;
import io.ggen.base.Bytes;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** A content that no peer has, from gateways that the user names. */
final class HttpGatewaysTest {
    private static final PackageRef LEAF = PackageRef.of(new PackageId("leaf"));

    @TempDir private Path folder;
    private final TestPublisher alice = TestPublisher.number(1);
    @AutoClose private final TestNodes nodes = new TestNodes(() -> folder);

    /** Knows the package by a node that is gone, and has gateways alone to ask. */
    private P2pNode reader(List<String> gateways) throws IOException {
        P2pNode publisher = nodes.start("publisher");
        leaf().publishIn(publisher.registry());
        P2pNode reader =
                nodes.start(
                        "reader",
                        Standing.HOME,
                        TestNodes.options(gateways, ByteSize.mib(1)),
                        publisher);
        assertThat(reader.registry().listVersions(LEAF)).hasSize(1);
        publisher.close();
        return reader;
    }

    private SamplePackage leaf() {
        return alice.release("leaf", "1.0.0");
    }

    private static Bytes content(P2pNode node) throws IOException {
        Listing listing = node.registry().getPackage(LEAF).orElseThrow();
        try (InputStream tar = node.registry().open(listing)) {
            return Bytes.wrap(tar.readAllBytes());
        }
    }

    private static HttpServer answering(int status, byte[] body) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/ipfs/",
                exchange -> {
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void theNextGatewayIsAskedWhereOneHasNothingAndAnotherLies() throws Exception {
        P2pNode good = nodes.start("good");
        leaf().publishIn(good.registry());
        HttpServer empty = answering(404, new byte[0]);
        HttpServer lying = answering(200, Bytes.utf8("\u0005hello").toArray());
        try {
            P2pNode reader =
                    reader(List.of(url(empty), url(lying), good.status().gateway().orElseThrow()));

            assertThat(content(reader)).isEqualTo(leaf().tar());
        } finally {
            empty.stop(0);
            lying.stop(0);
        }
    }

    @Test
    void itIsSaidWhatWasWrongWithEachWhereNoneGivesIt() throws Exception {
        HttpServer empty = answering(404, new byte[0]);
        HttpServer lying = answering(200, Bytes.utf8("\u0005hello").toArray());
        try {
            P2pNode reader =
                    reader(List.of(url(empty), url(lying), "http://127.0.0.1:1", "no url"));
            Listing listing = reader.registry().getPackage(LEAF).orElseThrow();

            assertThatThrownBy(() -> reader.registry().open(listing))
                    .isInstanceOfSatisfying(
                            MarketplaceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.ALL_PROVIDERS_FAILED))
                    .hasMessageContaining(url(empty) + " answered 404")
                    .hasMessageContaining(url(lying) + " gave what is wrong")
                    .hasMessageContaining("http://127.0.0.1:1 cannot be asked")
                    .hasMessageContaining("no url gave what is wrong");
        } finally {
            empty.stop(0);
            lying.stop(0);
        }
    }
}
