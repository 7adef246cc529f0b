package io.ggen.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PeerRecord;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.multistream.Multistream;
import io.ggen.libp2p.muxer.MuxedConnection;
import io.ggen.libp2p.muxer.MuxedStream;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.libp2p.security.SecureChannel;
import io.ggen.libp2p.transport.RawConnection;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Protocol inputs that broke others, against a host over TCP: they cost the connection alone. */
@Timeout(120)
final class HostileHostTest {
    private static final byte[] MEGABYTE = new byte[1 << 20];

    @TempDir private Path folder;
    private Victim victim;

    @BeforeEach
    void start() throws Exception {
        victim = new Victim(folder);
    }

    @AfterEach
    void stop() {
        victim.close();
    }

    private static void send(Duplex to, String hex) {
        to.write(Bytes.fromHex(hex.replace(" ", "")).buffer());
        to.flush();
    }

    private static void readToTheEnd(Duplex from) {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (from.read(buffer.clear()) >= 0) {
            assertThat(buffer.position()).isPositive();
        }
    }

    private static void assertThrownOut(Duplex connection) {
        Victim.attack(() -> readToTheEnd(connection));
        assertThatThrownBy(
                        () -> {
                            while (true) {
                                connection.write(ByteBuffer.wrap(MEGABYTE));
                            }
                        })
                .isInstanceOf(Libp2pException.class);
        connection.close();
    }

    @ParameterizedTest
    @CsvSource({
        "an oversized token, ffff01 61616161",
        "an endless length, ffffffffffffffffffffffff",
        "another header, 132f6d756c746973747265616d2f392e392e390a",
        "a token without its end, 132f6d756c746973747265616d2f312e302e3020",
        "another protocol altogether, 474554202f20485454502f312e310d0a0d0a"
    })
    void multistreamGarbageInsteadOfTheHeader(String what, String bytes) throws Exception {
        for (int i = 0; i < 20; i++) {
            RawConnection raw = victim.dial();
            send(raw, bytes);
            assertThrownOut(raw);
        }
        victim.assertUnharmed();
    }

    @Test
    void multistreamTokensWithoutEnd() throws Exception {
        RawConnection raw = victim.dial();
        send(raw, "132f6d756c746973747265616d2f312e302e300a");
        Victim.attack(() -> {
            for (int i = 0; i < 100_000; i++) {
                send(raw, "032f780a".repeat(100));
            }
        });
        assertThrownOut(raw);
        victim.assertUnharmed();
    }

    @Test
    void slowHandshakesAreEndedInTime() throws Exception {
        List<RawConnection> slow = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            slow.add(victim.dial());
            send(slow.getLast(), "132f6d75");
        }
        victim.assertServes();
        slow.forEach(HostileHostTest::assertThrownOut);
        victim.assertUnharmed();
    }

    @Test
    void moreHandshakesThanAllowedAreTurnedAway() throws Exception {
        List<RawConnection> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Victim.attack(() -> many.add(victim.dial()));
        }
        victim.assertServes();
        many.forEach(RawConnection::close);
        victim.assertUnharmed();
    }

    @ParameterizedTest
    @CsvSource({
        "data with SYN far over the window, 00 00 0001 00000001 7fffffff",
        "a stream of the other side's parity, 00 01 0001 00000002 00000000",
        "an id that is used already, 00 01 0001 00000001 00000000 00 01 0001 00000001 00000000",
        "stream 0, 00 00 0001 00000000 00000000",
        "an unknown version, 07 00 0001 00000001 00000000",
        "an unknown type, 00 09 0000 00000001 00000000",
        "data after the end, 00 01 0005 00000001 00000000 00 00 0000 00000001 00000001 aa"
    })
    void yamuxViolations(String what, String frames) throws Exception {
        for (int i = 0; i < 20; i++) {
            SecureChannel channel = victim.secured();
            send(channel, frames);
            assertThrownOut(channel);
        }
        victim.assertUnharmed();
    }

    @Test
    void yamuxDataOverTheWindow() throws Exception {
        victim.host().handle("/asleep/1.0.0", HostileHostTest::readNothing);
        SecureChannel channel = victim.secured();
        send(channel, "00 00 0001 00000001 00040000");
        ByteBuffer window = ByteBuffer.allocate(256 * 1024);
        window.put(Bytes.utf8("\u0013/multistream/1.0.0\n\u000e/asleep/1.0.0\n").buffer());
        channel.write(window.clear());
        send(channel, "00 00 0000 00000001 00000001 aa");
        assertThrownOut(channel);
        victim.assertUnharmed();
    }

    @Test
    void yamuxWindowsThatOverflow() throws Exception {
        SecureChannel channel = victim.secured();
        for (int i = 0; i < 10_000; i++) {
            send(
                    channel,
                    "00 01 0001 00000001 ffffffff".replace("0001 0", i == 0 ? "0001 0" : "0000 0"));
        }
        victim.assertServes();
        channel.close();
        victim.assertUnharmed();
    }

    @Test
    void yamuxFloodOfSyn() throws Exception {
        SecureChannel channel = victim.secured();
        Thread.ofVirtual().start(() -> Victim.attack(() -> readToTheEnd(channel)));
        Victim.attack(() -> {
            for (int i = 0; i < 100_000; i++) {
                send(channel, "00 01 0001 %08x 00000000".formatted(2 * i + 1));
            }
        });
        assertThat(victim.host().resources().streams()).isLessThanOrEqualTo(1024);
        victim.assertServes();
        channel.close();
        victim.assertUnharmed();
    }

    @Test
    void yamuxPingsWhoseAnswersNobodyReads() throws Exception {
        SecureChannel channel = victim.secured();
        Victim.attack(() -> {
            while (true) {
                send(channel, "00 02 0001 00000000 00000007".repeat(100));
            }
        });
        channel.close();
        victim.assertUnharmed();
    }

    /** 512 windows of 256 KiB, a byte a frame: what is kept is not much more than the bytes. */
    @Test
    void yamuxFramesOfOneByte() throws Exception {
        victim.host().handle("/asleep/1.0.0", HostileHostTest::readNothing);
        MuxedConnection muxed = victim.muxed();
        for (int i = 0; i < 20; i++) {
            MuxedStream stream = muxed.open();
            stream.write(Multistream.proposal("/asleep/1.0.0").buffer());
            for (int j = 0; j < 5_000; j++) {
                stream.write(ByteBuffer.allocate(1));
            }
        }
        Footprint held = Footprint.take(folder);
        assertThat(held.heap() + held.direct()).isLessThan(96L << 20);
        victim.assertServes();
        muxed.close();
        victim.assertUnharmed();
    }

    /** Waits for the end of its connection as a handler that is busy elsewhere would. */
    private static void readNothing(Stream stream) {
        while (!stream.connection().isClosed()) {
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
    }

    private void push(Bytes framed) {
        try (MuxedConnection muxed = victim.muxed()) {
            for (int i = 0; i < 20; i++) {
                MuxedStream stream = muxed.open();
                Victim.attack(() -> {
                    stream.write(Multistream.proposal(Identify.PUSH).buffer());
                    stream.write(framed.buffer());
                    stream.closeWrite();
                    Multistream.confirm(stream, Identify.PUSH);
                    readToTheEnd(stream);
                });
            }
        }
    }

    private static Bytes framed(Bytes message) {
        return io.ggen.base.Varint.encode(message.length()).concat(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0b0b0b0b0b0b0b0b0c0c0c0c0c0c0c0c",
                "08ffffffffffffffffffff01",
                "0affffffffffffffff7f",
                "1205aabb",
                "0a04080012ff",
                "42020a00"
            })
    void identifyWithProtobufTricks(String hex) throws Exception {
        push(framed(Bytes.fromHex(hex)));
        victim.assertUnharmed();
    }

    @Test
    void identifyWith1800ProtocolsIsNotRemembered() throws Exception {
        Bytes all = Bytes.empty();
        for (int part = 0; part < 3; part++) {
            var writer = new ProtoWriter();
            for (int i = 0; i < 600; i++) {
                writer.text(3, "/p/" + (600 * part + i));
            }
            all = all.concat(framed(writer.toBytes()));
        }
        push(all);
        for (PeerId peer : victim.host().peerStore().peers()) {
            victim.host()
                    .peerStore()
                    .identity(peer)
                    .ifPresent(identity -> assertThat(identity.protocols()).hasSizeLessThan(1025));
        }
        victim.assertUnharmed();
    }

    @Test
    void identifyPushesWithoutEndAreHeardNowAndThen() throws Exception {
        AtomicInteger identified = new AtomicInteger();
        victim.host()
                .onEvent(event -> {
                    if (event instanceof HostEvent.PeerIdentified) {
                        identified.incrementAndGet();
                    }
                });
        Bytes message = framed(new ProtoWriter().text(6, "chatter").toBytes());
        try (MuxedConnection muxed = victim.muxed()) {
            for (int i = 0; i < 200; i++) {
                MuxedStream stream = muxed.open();
                Victim.attack(() -> {
                    stream.write(Multistream.proposal(Identify.PUSH).buffer());
                    stream.write(message.buffer());
                    stream.closeWrite();
                    Multistream.confirm(stream, Identify.PUSH);
                    readToTheEnd(stream);
                });
            }
        }
        assertThat(identified).hasValueBetween(1, 40);
        victim.assertUnharmed();
    }

    @Test
    void identifyWithAMessageLongerThanItsLimit() throws Exception {
        push(Bytes.fromHex("ffffffff07").concat(Bytes.wrap(MEGABYTE)));
        victim.assertUnharmed();
    }

    @Test
    void identifyWithAnotherPeersSignedRecordIsNotBelieved() throws Exception {
        PrivateKey other = PrivateKey.generate(KeyType.ED25519);
        Multiaddr lie = Multiaddr.parse("/ip4/192.0.2.66/tcp/66");
        var record = new PeerRecord(other.publicKey().peerId(), 1, List.of(lie));
        push(framed(new ProtoWriter().bytes(8, record.seal(other)).toBytes()));
        assertThat(victim.host().peerStore().addresses(other.publicKey().peerId())).isEmpty();
        assertThat(victim.host().peerStore().peers())
                .noneMatch(peer -> victim.host().peerStore().addresses(peer).contains(lie));
        victim.assertUnharmed();
    }

    @Test
    void aProtocolNameLongerThanAnyIsRefused() throws Exception {
        try (MuxedConnection muxed = victim.muxed()) {
            MuxedStream stream = muxed.open();
            send(stream, "132f6d756c746973747265616d2f312e302e300a" + "ffff7f");
            assertThatThrownBy(
                            () -> {
                                Frames.readExactly(stream, 20);
                                readToTheEnd(stream);
                                stream.write(ByteBuffer.wrap(MEGABYTE));
                            })
                    .isInstanceOf(Libp2pException.class);
        }
        victim.assertUnharmed();
    }
}
