package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.kad.KadRequest.AddProvider;
import io.ggen.libp2p.kad.KadRequest.FindNode;
import io.ggen.libp2p.kad.KadRequest.GetProviders;
import io.ggen.libp2p.kad.KadRequest.GetValue;
import io.ggen.libp2p.kad.KadRequest.Ping;
import io.ggen.libp2p.kad.KadRequest.PutValue;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.multiformats.Multiaddr;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

final class KadMessageTest {
    private static final Bytes KEY = Bytes.utf8("/ggen/a");
    private static final KadPeer SENDER = Peers.peer(1);

    static Stream<KadRequest> requests() {
        return Stream.of(
                new FindNode(Bytes.utf8("target")),
                new GetValue(KEY),
                new PutValue(new KadRecord(KEY, Bytes.utf8("value"))),
                new GetProviders(Bytes.utf8("content")),
                new AddProvider(Bytes.utf8("content"), SENDER),
                new Ping());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestsComeBackAsTheyWereSent(KadRequest request) {
        assertThat(KadRequest.decode(request.encode(), SENDER.id())).isEqualTo(request);
    }

    @Test
    void theBytesAreThoseOfTheSpecification() {
        assertThat(new FindNode(Bytes.utf8("t")).encode().hex()).isEqualTo("0804" + "120174");
        assertThat(new GetValue(Bytes.utf8("/a/b")).encode().hex())
                .isEqualTo("0801" + "12042f612f62");
        var record = new KadRecord(Bytes.utf8("/a/b"), Bytes.utf8("v"));
        assertThat(new PutValue(record).encode().hex())
                .isEqualTo("12042f612f62" + "1a09" + "0a042f612f62" + "120176");
        assertThat(new GetProviders(Bytes.utf8("c")).encode().hex()).isEqualTo("0803" + "120163");
        assertThat(new Ping().encode().hex()).isEqualTo("0805");
        KadPeer peer = Peers.at(1, "/ip4/127.0.0.1/tcp/1");
        assertThat(new AddProvider(Bytes.utf8("c"), peer).encode().hex())
                .isEqualTo(
                        "0802"
                                + "120163"
                                + "4a2e"
                                + "0a22"
                                + peer.id().multihash().hex()
                                + "1208"
                                + "047f000001060001");
        assertThat(KadAnswer.of(List.of(peer)).encode(new FindNode(KEY)).hex())
                .isEqualTo(
                        "0804"
                                + "12072f6767656e2f61"
                                + "422e"
                                + "0a22"
                                + peer.id().multihash().hex()
                                + "1208"
                                + "047f000001060001");
    }

    @Test
    void answersComeBackAsTheyWereSent() {
        var record = Optional.of(new KadRecord(KEY, Bytes.utf8("value")));
        var valued = new KadAnswer(record, peers(3), List.of());
        assertThat(KadAnswer.decode(valued.encode(new GetValue(KEY)), new GetValue(KEY)))
                .isEqualTo(valued);
        var provided = new KadAnswer(Optional.empty(), peers(3), peers(2));
        assertThat(KadAnswer.decode(provided.encode(new GetProviders(KEY)), new GetProviders(KEY)))
                .isEqualTo(provided);
    }

    @Test
    void dropsPeersFromTheEchoesOfPingAndPut() {
        var put = new PutValue(new KadRecord(KEY, Bytes.utf8("value")));
        var echo = new KadAnswer(Optional.of(put.value()), peers(3), peers(2));
        assertThat(KadAnswer.decode(echo.encode(put), put))
                .isEqualTo(new KadAnswer(Optional.of(put.value()), List.of(), List.of()));
        assertThat(KadAnswer.decode(KadAnswer.of(peers(3)).encode(new Ping()), new Ping()).closer())
                .isEmpty();
    }

    @Test
    void unknownFieldsAreIgnored() {
        Bytes strange =
                new ProtoWriter()
                        .text(666, "publisher")
                        .uint64(777, -1)
                        .uint64(10, 10)
                        .text(5, "2026-01-01T00:00:00Z")
                        .toBytes();
        var find = new FindNode(KEY);
        assertThat(KadRequest.decode(find.encode().concat(strange), SENDER.id())).isEqualTo(find);
        Bytes peer = SENDER.encode().concat(new ProtoWriter().uint64(3, 1).toBytes());
        assertThat(KadPeer.decode(peer.concat(strange))).contains(SENDER);
        var record = new KadRecord(KEY, Bytes.utf8("value"));
        assertThat(KadRecord.decode(record.encode().concat(strange))).isEqualTo(record);
    }

    @Test
    void peersOfUnknownKindsAndAddressesNotUnderstoodAreLeftOut() {
        assertThat(KadPeer.decode(new ProtoWriter().bytes(1, Bytes.fromHex("1303")).toBytes()))
                .isEmpty();
        assertThat(KadPeer.decode(Bytes.empty())).isEmpty();
        assertThat(KadPeer.decode(new ProtoWriter().bytes(1, zeros(5000)).toBytes())).isEmpty();
        Bytes odd =
                new ProtoWriter().bytes(2, Bytes.fromHex("ff7f")).bytes(2, zeros(2000)).toBytes();
        assertThat(KadPeer.decode(odd.concat(SENDER.encode()))).contains(SENDER);
    }

    @Test
    void sendsAtMost16KibAndTheNearestPeersFirst() {
        var value = new KadRecord(KEY, zeros(12 << 10));
        var crowded =
                IntStream.range(0, 20)
                        .mapToObj(n -> new KadPeer(Peers.id(n), manyAddresses()))
                        .toList();
        var answer = new KadAnswer(Optional.of(value), crowded, List.of());
        Bytes sent = answer.encode(new GetValue(KEY));
        assertThat(sent.length()).isLessThanOrEqualTo(16 << 10);
        KadAnswer received = KadAnswer.decode(sent, new GetValue(KEY));
        assertThat(received.record()).contains(value);
        assertThat(received.closer()).isNotEmpty();
        assertThat(crowded).startsWith(received.closer().toArray(KadPeer[]::new));
    }

    @Test
    void providersLeaveRoomForPeersThatAreCloser() {
        var many =
                IntStream.range(0, 500)
                        .mapToObj(n -> new KadPeer(Peers.id(n), manyAddresses()))
                        .toList();
        Bytes sent = new KadAnswer(Optional.empty(), many, many).encode(new GetProviders(KEY));
        assertThat(sent.length()).isLessThanOrEqualTo(16 << 10);
        KadAnswer received = KadAnswer.decode(sent, new GetProviders(KEY));
        assertThat(received.closer()).hasSizeGreaterThan(10);
        assertThat(received.providers()).hasSizeGreaterThan(30);
    }

    @Test
    void refusesToSendAValueThatNobodyWouldTake() {
        var put = new PutValue(new KadRecord(KEY, zeros(16 << 10)));
        assertThatThrownBy(put::encode).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesFramesOf4MibAndNoLonger() {
        Bytes padding = new ProtoWriter().bytes(100, zeros((4 << 20) - 64)).toBytes();
        var find = new FindNode(KEY);
        assertThat(KadRequest.decode(find.encode().concat(padding), SENDER.id())).isEqualTo(find);
        Bytes longer = find.encode().concat(padding).concat(padding);
        refuses(longer, Code.MALFORMED);
    }

    @Test
    void refusesAPutWithAnUnNamespacedKey() {
        for (String key : List.of("", "a", "/", "//", "//a", "/a", "/a/", "a/b")) {
            var record = new KadRecord(Bytes.utf8(key), Bytes.utf8("v"));
            refuses(put(record.key(), record), Code.PROTOCOL_VIOLATION);
        }
    }

    @Test
    void refusesAPutWithAKeyUnlikeTheRecords() {
        refuses(put(KEY, new KadRecord(Bytes.utf8("/ggen/b"), KEY)), Code.PROTOCOL_VIOLATION);
    }

    @Test
    void refusesAPutWithoutARecord() {
        refuses(new ProtoWriter().bytes(2, KEY).toBytes(), Code.PROTOCOL_VIOLATION);
    }

    @Test
    void refusesAnAnswerWithARecordOfAnotherKey() {
        var record = new KadRecord(Bytes.utf8("/ggen/b"), KEY);
        Bytes answer =
                new KadAnswer(Optional.of(record), List.of(), List.of()).encode(new GetValue(KEY));
        assertThatThrownBy(() -> KadAnswer.decode(answer, new GetValue(KEY)))
                .isInstanceOf(Libp2pException.class)
                .hasMessageContaining("another key");
    }

    @Test
    void refusesAnAnswerToAnotherQuestion() {
        Bytes pong = KadAnswer.of(List.of()).encode(new Ping());
        assertThatThrownBy(() -> KadAnswer.decode(pong, new GetValue(KEY)))
                .isInstanceOf(Libp2pException.class)
                .hasMessageContaining("answered by PING");
    }

    @Test
    void refusesProviderKeysOf81BytesAndOfNone() {
        for (int length : new int[] {0, 81}) {
            Bytes key = zeros(length);
            refuses(provider(key, SENDER), Code.PROTOCOL_VIOLATION);
            refuses(
                    new ProtoWriter().uint64(1, 3).bytes(2, key).toBytes(),
                    Code.PROTOCOL_VIOLATION);
        }
        assertThat(KadRequest.decode(provider(zeros(80), SENDER), SENDER.id()))
                .isEqualTo(new AddProvider(zeros(80), SENDER));
    }

    @Test
    void refusesAProviderOtherThanTheSender() {
        refuses(provider(KEY, Peers.peer(2)), Code.PROTOCOL_VIOLATION);
    }

    @Test
    void refusesAProviderWithoutAnAddress() {
        refuses(provider(KEY, new KadPeer(SENDER.id(), List.of())), Code.PROTOCOL_VIOLATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0806",
                "08ffffffffffffffffff01",
                "1b0b0c1c",
                "0880808080808080808080",
                "12ff",
                "1203aa",
                "1a020a05",
                "4203120aff",
                "0a01aa"
            })
    void refusesGroupsLongNumbersLengthsPastTheEndAndUnknownTypes(String hex) {
        refuses(Bytes.fromHex(hex), Code.MALFORMED);
    }

    @Test
    void tenThousandPeersOrAddressesCostNoMoreThanAFew() {
        Bytes one = new ProtoWriter().bytes(8, SENDER.encode()).toBytes();
        byte[] flood = new byte[one.length() * 10_000];
        for (int i = 0; i < flood.length; i++) {
            flood[i] = one.get(i % one.length());
        }
        assertThat(KadMessage.decode(Bytes.wrap(flood)).closer()).hasSize(256);
        var addresses = new ProtoWriter().bytes(1, SENDER.id().multihash());
        Bytes address = SENDER.addresses().getFirst().encode();
        IntStream.range(0, 10_000).forEach(n -> addresses.bytes(2, address));
        assertThat(KadPeer.decode(addresses.toBytes()).orElseThrow().addresses()).hasSize(16);
    }

    @Test
    void damagedMessagesAreRefusedOrReadAndNeverThrowAnythingElse() {
        List<Bytes> whole = requests().map(KadRequest::encode).collect(Collectors.toList());
        whole.add(new KadAnswer(Optional.empty(), peers(3), peers(3)).encode(new GetValue(KEY)));
        Property.forAll(
                random -> {
                    byte[] bytes = whole.get(random.nextInt(whole.size())).toArray();
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                    return Bytes.wrap(bytes);
                },
                5000,
                KadMessageTest::survives);
    }

    private static void survives(Bytes damaged) {
        try {
            assertThat(KadRequest.decode(damaged, SENDER.id())).isNotNull();
        } catch (Libp2pException e) {
            assertThat(e.code()).isIn(Code.MALFORMED, Code.PROTOCOL_VIOLATION);
        }
    }

    private static void refuses(Bytes message, Code code) {
        assertThatThrownBy(() -> KadRequest.decode(message, SENDER.id()))
                .isInstanceOfSatisfying(
                        Libp2pException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static Bytes put(Bytes key, KadRecord record) {
        return new ProtoWriter().bytes(2, key).bytes(3, record.encode()).toBytes();
    }

    private static Bytes provider(Bytes key, KadPeer provider) {
        return new ProtoWriter().uint64(1, 2).bytes(2, key).bytes(9, provider.encode()).toBytes();
    }

    private static List<KadPeer> peers(int count) {
        return IntStream.range(0, count).mapToObj(Peers::peer).toList();
    }

    private static List<Multiaddr> manyAddresses() {
        return Collections.nCopies(3, Peers.at(0, "/dns4/" + "a".repeat(60) + "/tcp/1")).stream()
                .flatMap(peer -> peer.addresses().stream())
                .toList();
    }

    private static Bytes zeros(int length) {
        return Bytes.wrap(new byte[length]);
    }
}
