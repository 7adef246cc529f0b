package io.ggen.libp2p.gossipsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.Varint;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.RpcCodec;
import io.ggen.libp2p.gossipsub.rpc.StrictSign;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A host over TCP, a hostile peer, and a witness that hears and is heard after all of it. */
@Timeout(90)
final class HostileGossipTest {
    private static final String TOPIC = "topic";

    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final PrivateKey key = PrivateKey.generate(KeyType.ED25519);
    private Host victim;
    private Host hostile;
    private Gossip gossip;
    private Gossip witness;
    private int word;

    private Host host(PrivateKey identity) {
        Host host =
                Host.start(
                        HostOptions.of(identity, InstantSource.system())
                                .listening(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")));
        open.addFirst(host);
        return host;
    }

    private Gossip gossip(Host host) {
        Gossip attached = Gossip.attach(host, GossipOptions.standard());
        open.addFirst(attached);
        return attached;
    }

    @BeforeEach
    void start() {
        victim = host(PrivateKey.generate(KeyType.ED25519));
        gossip = gossip(victim);
        gossip.subscribe(TOPIC, (author, data) -> heard.add(data.utf8()));
        Host other = host(PrivateKey.generate(KeyType.ED25519));
        witness = gossip(other);
        witness.subscribe(TOPIC, (author, data) -> heard.add(data.utf8()));
        other.dial(victim.peerId(), victim.addresses());
        eventually("the witness is in the mesh", () -> gossip.mesh(TOPIC).size() == 1);
        hostile = host(key);
        hostile.handle(Gossip.PROTOCOL_1_2, stream -> Frames.read(stream, 1 << 20));
    }

    @AfterEach
    void stop() throws Exception {
        for (Gossip speaker : List.of(witness, gossip)) {
            word++;
            String text = "word " + word;
            speaker.publish(TOPIC, Bytes.utf8(text));
            String next = heard.poll(20, TimeUnit.SECONDS);
            while (next != null && !next.equals(text)) {
                next = heard.poll(20, TimeUnit.SECONDS);
            }
            assertThat(next).as("witness and victim hear each other").isEqualTo(text);
        }
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private static void eventually(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private Stream attack() {
        hostile.dial(victim.peerId(), victim.addresses());
        Stream stream = hostile.open(victim.peerId(), Gossip.PROTOCOL_1_2);
        stream.timeout(Duration.ofSeconds(20));
        stream.flush();
        eventually("it is known", () -> gossip.peers().contains(hostile.peerId()));
        return stream;
    }

    /** Sends {@code frame} until the sender is thrown out, in vain if that takes too many. */
    private void costsTheConnection(Bytes frame, int most) {
        Stream stream = attack();
        try {
            for (int i = 0; i < most; i++) {
                stream.write(frame.buffer());
                stream.flush();
            }
        } catch (Libp2pException e) {
            assertThat(e.code()).isNotEqualTo(Libp2pException.Code.TIMEOUT);
        }
        eventually("it is thrown out", () -> !gossip.peers().contains(hostile.peerId()));
        eventually("with its connection", () -> victim.connections().size() == 1);
    }

    private static Bytes framed(Bytes rpc) {
        return Varint.encode(rpc.length()).concat(rpc);
    }

    private double violations() {
        return gossip.inspect(hostile.peerId()).orElseThrow().score();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, -1, Long.MIN_VALUE, 1L << 62})
    void aBackOffBeyondAllTimeIsClamped(long seconds) {
        Bytes prune = new ProtoWriter().text(1, TOPIC).uint64(3, seconds).toBytes();
        Bytes rpc =
                new ProtoWriter().bytes(3, new ProtoWriter().bytes(4, prune).toBytes()).toBytes();
        try (Stream stream = attack()) {
            stream.write(framed(rpc).buffer());
            Frames.write(
                    stream,
                    RpcCodec.encode(Rpc.of(StrictSign.sign(key, 1, TOPIC, Bytes.utf8("after")))));
            eventually("what comes after is heard", () -> heard.remove("after"));
            assertThat(victim.connections()).hasSize(2);
        }
    }

    @Test
    void aMessageFromSomebodyElseIsNotHeardAndCostsTheScore() {
        PrivateKey other = PrivateKey.generate(KeyType.ED25519);
        Message genuine = StrictSign.sign(other, 1, TOPIC, Bytes.utf8("forged"));
        Bytes mine = StrictSign.sign(key, 1, TOPIC, Bytes.utf8("forged")).encode();
        byte[] from = genuine.from().toArray();
        byte[] altered = mine.toArray();
        System.arraycopy(from, 0, altered, 2, from.length);
        try (Stream stream = attack()) {
            Frames.write(stream, new ProtoWriter().bytes(2, Bytes.wrap(altered)).toBytes());
            eventually("it costs the score", () -> violations() < 0);
        }
        assertThat(heard).doesNotContain("forged");
    }

    @Test
    void aHundredThousandSubscriptionsInARpcCostTheConnection() {
        var rpc = new ProtoWriter();
        for (int i = 0; i < 100_000; i++) {
            rpc.bytes(1, new ProtoWriter().uint64(1, 1).text(2, "t").toBytes());
        }
        costsTheConnection(framed(rpc.toBytes()), 40);
    }

    @Test
    void frameLengthsBeyondTheLimitCostTheConnection() {
        attack().close();
        var connection = hostile.connections().getFirst();
        for (int i = 0; i < 20 && !connection.isClosed(); i++) {
            try (Stream stream = connection.open(Gossip.PROTOCOL_1_2)) {
                stream.timeout(Duration.ofSeconds(20));
                stream.write(Bytes.fromHex("ffffff7f").buffer());
                stream.flush();
                assertThat(stream.read(ByteBuffer.allocate(1))).isNegative();
            } catch (Libp2pException e) {
                assertThat(e.code()).isNotEqualTo(Libp2pException.Code.TIMEOUT);
            }
        }
        eventually("it is thrown out", () -> victim.connections().size() == 1);
    }

    @Test
    void aFloodOfMessagesEndsInABan() {
        var rpc = new ProtoWriter();
        for (int i = 0; i < 400; i++) {
            rpc.bytes(2, StrictSign.sign(key, i, "other", Bytes.utf8("x" + i)).encode());
        }
        costsTheConnection(framed(rpc.toBytes()), 400);
    }

    @Test
    void wantsThatAskForMoreThanCanBeSentCostTheirSenderAlone() {
        gossip.publish(TOPIC, Bytes.wrap(new byte[50_000]));
        var want = new ProtoWriter();
        Bytes id = Bytes.wrap(new byte[32]);
        for (int i = 0; i < 6_000; i++) {
            want.bytes(1, id);
        }
        Bytes rpc =
                new ProtoWriter()
                        .bytes(3, new ProtoWriter().bytes(2, want.toBytes()).toBytes())
                        .toBytes();
        costsTheConnection(framed(rpc), 40);
    }

    @Test
    void aStreamThatFailsIsOpenedAgain() {
        Host other = host(PrivateKey.generate(KeyType.ED25519));
        BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
        other.handle(
                Gossip.PROTOCOL_1_2,
                stream -> {
                    streams.add(stream);
                    if (streams.size() < 3) {
                        throw new Libp2pException(
                                Libp2pException.Code.STREAM_RESET, "the first ones are reset");
                    }
                    Frames.read(stream, 1 << 20);
                    Frames.read(stream, 1 << 20);
                });
        other.dial(victim.peerId(), victim.addresses());
        eventually("the third one stands", () -> streams.size() == 3);
        eventually("and is used", () -> gossip.peers().contains(other.peerId()));
        assertThat(other.connections()).hasSize(1);
    }
}
