package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.Varint;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** A host over TCP, hostile peers, and a witness that is served all the while. */
@Timeout(60)
final class HostileKadTest {
    private static final Bytes KEY = Bytes.utf8("/n/key");
    private static final int PUT_VALUE = 0;
    private static final int ADD_PROVIDER = 2;
    private static final int FIND_NODE = 4;

    private final List<Host> hosts = new ArrayList<>();
    private Party victim;
    private Party witness;
    private Host hostile;

    @BeforeEach
    void start() {
        victim = Party.overTcp(same -> same);
        witness = Party.overTcp(options -> options.joining(List.of(victim.door())));
        hostile = hostile();
        Party.eventually(() -> witness.knows(victim) && victim.knows(witness));
    }

    private Host hostile() {
        Host host = Host.start(Party.options().listening(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")));
        hosts.add(host);
        return host;
    }

    @AfterEach
    void stop() {
        assertThat(witness.kad.closest(KEY).peers()).extracting(KadPeer::id).contains(victim.id());
        witness.close();
        victim.close();
        hosts.forEach(Host::close);
    }

    private Stream open() {
        hostile.dial(victim.id(), victim.host.addresses());
        Stream stream = hostile.open(victim.id(), Party.PROTOCOL);
        stream.timeout(Duration.ofSeconds(20));
        return stream;
    }

    private static Bytes message(int type, Bytes key, Bytes record) {
        var writer = new ProtoWriter().uint64(1, type).bytes(2, key);
        return (record.length() == 0 ? writer : writer.bytes(3, record)).toBytes();
    }

    private static Bytes record(Bytes key, String value) {
        return new KadRecord(key, Bytes.utf8(value)).encode();
    }

    private void costsTheConnection(Bytes frame) {
        try (Stream stream = open()) {
            Frames.write(stream, frame);
            Party.eventually(() -> hostile.connections().isEmpty());
        }
        assertThat(victim.kad.get(KEY, 1).best()).isEmpty();
    }

    @Test
    void aPutUnderAKeyWithoutNamespaceCostsTheConnection() {
        Bytes key = Bytes.utf8("key");
        costsTheConnection(message(PUT_VALUE, key, record(key, "value")));
    }

    @Test
    void aPutOfARecordOfAnotherKeyCostsTheConnection() {
        costsTheConnection(message(PUT_VALUE, Bytes.utf8("/n/other"), record(KEY, "value")));
    }

    @Test
    void aProviderKeyOf81BytesCostsTheConnection() {
        Bytes provider =
                new KadPeer(hostile.peerId(), List.of(Multiaddr.parse("/ip4/1.2.3.4/tcp/1")))
                        .encode();
        costsTheConnection(
                new ProtoWriter()
                        .uint64(1, ADD_PROVIDER)
                        .bytes(2, Bytes.wrap(new byte[81]))
                        .bytes(9, provider)
                        .toBytes());
    }

    @Test
    void aProviderOtherThanTheSenderCostsTheConnection() {
        costsTheConnection(
                new KadRequest.AddProvider(Bytes.utf8("content"), Peers.peer(1)).encode());
        assertThat(victim.kad.providers(Bytes.utf8("content"), 1).peers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ff", "0806", "0b0c", "0804128f4e", "1a03ffffff"})
    void bytesThatAreNoRequestCostTheConnection(String hex) {
        costsTheConnection(Bytes.fromHex(hex));
    }

    @Test
    void aFrameOfFourGigabytesIsRefusedByItsLength() {
        try (Stream stream = open()) {
            stream.write(Varint.encode(4L << 30).buffer());
            stream.flush();
            Party.eventually(() -> hostile.connections().isEmpty());
        }
    }

    @Test
    void aValueThatIsNotValidCostsTheStreamAlone() {
        try (Stream stream = open()) {
            Frames.write(stream, message(PUT_VALUE, KEY, record(KEY, "")));
            assertThat(read(stream)).isEmpty();
        }
        assertThat(hostile.connections()).hasSize(1);
    }

    private static Optional<Bytes> read(Stream stream) {
        try {
            return Frames.read(stream, KadMessage.MAX_ACCEPTED);
        } catch (Libp2pException e) {
            return Optional.empty();
        }
    }

    @Test
    void anOlderValueThatIsReplayedDoesNotReplaceTheBetterOne() {
        victim.kad.put(KEY, Bytes.utf8("better"));
        var replay = new KadRequest.PutValue(new KadRecord(KEY, Bytes.utf8("old")));
        try (Stream stream = open()) {
            Frames.write(stream, replay.encode());
            KadAnswer answer = KadAnswer.decode(read(stream).orElseThrow(), replay);
            assertThat(answer.record()).contains(new KadRecord(KEY, Bytes.utf8("better")));
        }
        assertThat(witness.kad.get(KEY, 5).best().map(KadRecord::value))
                .contains(Bytes.utf8("better"));
    }

    @Test
    void aFloodOnOneStreamIsAnsweredInOrderAndDoesNotHurtOthers() {
        Bytes ask = message(FIND_NODE, KEY, Bytes.empty());
        try (Stream stream = open()) {
            Thread flood =
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 0; i < 1000; i++) {
                                    Frames.write(stream, ask);
                                }
                            });
            for (int i = 0; i < 1000; i++) {
                assertThat(read(stream)).isPresent();
            }
            assertThat(flood.isInterrupted()).isFalse();
        }
    }

    @Test
    void aPeerGetsThirtyTwoStreams() {
        List<Stream> streams = new ArrayList<>();
        Bytes ask = message(FIND_NODE, KEY, Bytes.empty());
        int served = 0;
        for (int i = 0; i < KadServer.MAX_STREAMS + 8; i++) {
            Stream stream = open();
            streams.add(stream);
            served += answers(stream, ask) ? 1 : 0;
        }
        assertThat(served).isEqualTo(KadServer.MAX_STREAMS);
        streams.forEach(Stream::reset);
    }

    private static boolean answers(Stream stream, Bytes ask) {
        try {
            Frames.write(stream, ask);
            return read(stream).isPresent();
        } catch (Libp2pException e) {
            return false;
        }
    }

    /** Lets the hostile host serve, and answer everything with {@code closer}. */
    private void lie(List<KadPeer> closer) {
        hostile.handle(
                Party.PROTOCOL,
                stream -> {
                    Optional<Bytes> frame = Frames.read(stream, 1 << 20);
                    while (frame.isPresent()) {
                        KadRequest request = KadRequest.decode(frame.get(), stream.remotePeer());
                        var writer = new ProtoWriter().uint64(1, type(request)).bytes(2, KEY);
                        closer.forEach(peer -> writer.bytes(8, peer.encode()));
                        Frames.write(stream, writer.toBytes());
                        frame = Frames.read(stream, 1 << 20);
                    }
                });
        Identify.attach(hostile);
        hostile.dial(victim.id(), victim.host.addresses());
        Party.eventually(() ->
                victim.kad.table().stream().anyMatch(peer -> peer.id().equals(hostile.peerId())));
    }

    private static int type(KadRequest request) {
        return request instanceof KadRequest.GetValue ? 1 : FIND_NODE;
    }

    @Test
    void thousandsOfInventedPeersDoNotKeepALookupFromTheTrueOnes() {
        lie(LongStream.range(0, 3000).mapToObj(n -> Peers.at(n, "/ip4/127.0.0.1/tcp/1")).toList());
        assertThat(victim.kad.closest(KEY).peers())
                .extracting(KadPeer::id)
                .contains(witness.id())
                .doesNotContain(Peers.id(1));
        assertThat(victim.kad.table()).hasSize(2);
    }

    @Test
    void aPeerThatNamesItselfAndTheAskerGainsNothing() {
        lie(
                List.of(
                        new KadPeer(
                                hostile.peerId(), List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"))),
                        new KadPeer(victim.id(), List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"))),
                        new KadPeer(
                                witness.id(), List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/1")))));
        assertThat(victim.kad.closest(KEY).peers())
                .extracting(KadPeer::id)
                .containsExactlyInAnyOrder(witness.id(), hostile.peerId());
        assertThat(victim.kad.put(KEY, Bytes.utf8("value")).holders()).isPositive();
        assertThat(witness.kad.get(KEY, 1).best().map(KadRecord::value))
                .contains(Bytes.utf8("value"));
    }
}
