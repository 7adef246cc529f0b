package io.ggen.libp2p.gossipsub.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

final class RpcPackerTest {
    @Test
    void nothingIsNoRpc() {
        assertThat(RpcPacker.pack(Rpc.of(Control.none()))).isEmpty();
    }

    @Test
    void whatFitsStaysOneRpc() {
        Rpc rpc = Rpc.of(new Subscription(true, "a"), new Subscription(true, "b"));
        assertThat(RpcPacker.pack(rpc)).containsExactly(rpc);
    }

    @Test
    void offersAtMost450IdsAtATime() {
        var have = new Control.Have("topic", ids(5_000));
        List<Rpc> packed = RpcPacker.pack(Rpc.of(control(List.of(have), List.of(), List.of())));
        assertThat(packed).allSatisfy(RpcPackerTest::isSmallEnough);
        assertThat(packed).hasSizeBetween(12, 14);
        assertThat(packed.stream().flatMap(rpc -> rpc.control().have().stream()))
                .flatExtracting(Control.Have::ids)
                .isEqualTo(ids(5_000));
    }

    @Test
    void saysOfTenIdsAtATimeThatTheyAreNotWanted() {
        List<Rpc> packed = RpcPacker.pack(Rpc.of(control(List.of(), List.of(), ids(25))));
        assertThat(packed)
                .extracting(rpc -> rpc.control().dontWant().size())
                .containsExactly(10, 10, 5);
    }

    @Test
    void everythingIsSaidOnceAndNoRpcIsTooLong() {
        Gen<Rpc> many =
                random ->
                        new Rpc(
                                subscriptions(random.nextInt(300)),
                                Gen.lists(messages(), 0, 30).next(random),
                                new Control(
                                        List.of(
                                                new Control.Have("a", ids(random.nextInt(900))),
                                                new Control.Have("b", ids(random.nextInt(900)))),
                                        ids(random.nextInt(900)),
                                        topics(random.nextInt(90)),
                                        topics(random.nextInt(90)).stream()
                                                .map(RpcPackerTest::prune)
                                                .toList(),
                                        ids(random.nextInt(40))));
        Property.forAll(
                many,
                50,
                rpc -> {
                    List<Rpc> packed = RpcPacker.pack(rpc);
                    assertThat(packed).allSatisfy(RpcPackerTest::isSmallEnough);
                    assertThat(entries(packed)).isEqualTo(entries(List.of(rpc)));
                });
    }

    private static Gen<Message> messages() {
        Gen<Bytes> data = Gen.bytes(20_000);
        return random -> Message.unsigned(Bytes.empty(), Bytes.empty(), "t", data.next(random));
    }

    private static Control.Prune prune(String topic) {
        var candidate = new Control.Candidate(Bytes.wrap(new byte[38]), Bytes.wrap(new byte[300]));
        return new Control.Prune(topic, List.of(candidate, candidate), Duration.ofMinutes(1));
    }

    private static List<Object> entries(List<Rpc> rpcs) {
        List<Object> all = new ArrayList<>();
        rpcs.forEach(rpc -> all.addAll(rpc.subscriptions()));
        rpcs.forEach(rpc -> all.addAll(rpc.messages()));
        rpcs.forEach(rpc -> all.addAll(rpc.control().graft()));
        rpcs.forEach(rpc -> all.addAll(rpc.control().prune()));
        rpcs.forEach(rpc -> all.addAll(rpc.control().want()));
        rpcs.forEach(rpc -> all.addAll(rpc.control().dontWant()));
        rpcs.stream()
                .flatMap(rpc -> rpc.control().have().stream())
                .flatMap(have -> have.ids().stream().map(id -> have.topic() + id))
                .forEach(all::add);
        return all;
    }

    private static void isSmallEnough(Rpc rpc) {
        assertThat(RpcCodec.encode(rpc).length()).isLessThanOrEqualTo(56 << 10);
        Rpc small = new Rpc(rpc.subscriptions(), List.of(), rpc.control());
        assertThat(RpcCodec.encode(small).length()).isLessThanOrEqualTo(16 << 10);
        assertThat(rpc.control().have().stream().mapToInt(have -> have.ids().size()).sum())
                .isLessThanOrEqualTo(450);
        assertThat(rpc.control().dontWant()).hasSizeLessThanOrEqualTo(10);
        assertThat(rpc.subscriptions()).hasSizeLessThanOrEqualTo(100);
    }

    private static Control control(
            List<Control.Have> have, List<Bytes> want, List<Bytes> dontWant) {
        return new Control(have, want, List.of(), List.of(), dontWant);
    }

    private static List<Subscription> subscriptions(int count) {
        return topics(count).stream().map(topic -> new Subscription(true, topic)).toList();
    }

    private static List<String> topics(int count) {
        return IntStream.range(0, count).mapToObj(i -> "/ggen/packages/v1/" + i).toList();
    }

    static List<Bytes> ids(int count) {
        return Stream.iterate(0, i -> i < count, i -> i + 1)
                .map(i -> Sha256.of(Bytes.utf8("id" + i)).bytes())
                .toList();
    }
}
