package io.ggen.libp2p.gossipsub.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

final class RpcCodecTest {
    private static final Bytes ID = Bytes.fromHex("c0ffee");

    @Test
    void writesTheBytesOfTheSpecification() {
        assertThat(hex(Rpc.of(new Subscription(true, "ab"))))
                .isEqualTo("0a06" + "0801" + "12026162");
        assertThat(hex(Rpc.of(new Subscription(false, "ab"))))
                .isEqualTo("0a06" + "0800" + "12026162");
        assertThat(hex(Rpc.of(message()))).isEqualTo("1219" + GOLDEN_MESSAGE);
        assertThat(hex(Rpc.of(control())))
                .isEqualTo(
                        "1a32"
                                + "0a09"
                                + "0a026162"
                                + "1203c0ffee"
                                + "1205"
                                + "0a03c0ffee"
                                + "1a04"
                                + "0a026162"
                                + "2211"
                                + "0a026162"
                                + "1209"
                                + "0a020000"
                                + "1203c0ffee"
                                + "183c"
                                + "2a05"
                                + "0a03c0ffee");
    }

    private static final String GOLDEN_MESSAGE =
            "0a020000" + "12026869" + "1a080000000000000007" + "22026162" + "2a0101";

    private static Message message() {
        return Message.decode(Bytes.fromHex(GOLDEN_MESSAGE), RpcLimits.standard());
    }

    private static Control control() {
        var candidate = new Control.Candidate(Bytes.fromHex("0000"), ID);
        return new Control(
                List.of(new Control.Have("ab", List.of(ID))),
                List.of(ID),
                List.of("ab"),
                List.of(new Control.Prune("ab", List.of(candidate), Duration.ofMinutes(1))),
                List.of(ID));
    }

    private static String hex(Rpc rpc) {
        return RpcCodec.encode(rpc).hex();
    }

    @Test
    void readsTheFieldsOfAMessage() {
        Message message = message();
        assertThat(message.from()).isEqualTo(Bytes.fromHex("0000"));
        assertThat(message.data()).isEqualTo(Bytes.utf8("hi"));
        assertThat(message.seqno()).isEqualTo(Bytes.fromHex("0000000000000007"));
        assertThat(message.topic()).isEqualTo("ab");
        assertThat(message.signature()).isEqualTo(Bytes.fromHex("01"));
        assertThat(message.key()).isEqualTo(Bytes.empty());
    }

    @Test
    void joinsControlPartsAndPassesOverExtensions() {
        String graft = "1a06" + "1a04" + "0a026162";
        Rpc rpc = decode(graft + "52020801" + "1a0232" + "00" + graft);
        assertThat(rpc)
                .isEqualTo(
                        Rpc.of(
                                new Control(
                                        List.of(),
                                        List.of(),
                                        List.of("ab", "ab"),
                                        List.of(),
                                        List.of())));
    }

    private static Rpc decode(String hex) {
        return RpcCodec.decode(Bytes.fromHex(hex), RpcLimits.standard());
    }

    @Test
    void everyRpcComesBackAsItWas() {
        Property.forAll(
                RpcCodecTest::anyRpc,
                rpc ->
                        assertThat(RpcCodec.decode(RpcCodec.encode(rpc), RpcLimits.standard()))
                                .isEqualTo(rpc));
    }

    static Rpc anyRpc(RandomGenerator random) {
        Gen<String> topics = Gen.strings("abcé/", 1, 12);
        Gen<Bytes> ids = Gen.bytes(32);
        Gen<List<Bytes>> idLists = Gen.lists(ids, 0, 5);
        Gen<Control.Candidate> candidates = Gen.zip(ids, ids, Control.Candidate::new);
        Gen<Control.Prune> prunes =
                draw ->
                        new Control.Prune(
                                topics.next(draw),
                                Gen.lists(candidates, 0, 3).next(draw),
                                Duration.ofSeconds(draw.nextInt(9_999)));
        var control =
                new Control(
                        Gen.lists(Gen.zip(topics, idLists, Control.Have::new), 0, 4).next(random),
                        idLists.next(random),
                        Gen.lists(topics, 0, 4).next(random),
                        Gen.lists(prunes, 0, 4).next(random),
                        idLists.next(random));
        return new Rpc(
                Gen.lists(Gen.zip(Gen.booleans(), topics, Subscription::new), 0, 4).next(random),
                Gen.lists(anyMessage(), 0, 3).next(random),
                control);
    }

    static Gen<Message> anyMessage() {
        Gen<String> topics = Gen.strings("abc", 1, 5);
        Gen<Bytes> bytes = Gen.bytes(40);
        return random ->
                Message.unsigned(
                                bytes.next(random),
                                bytes.next(random),
                                topics.next(random),
                                bytes.next(random))
                        .signed(bytes.next(random), bytes.next(random));
    }
}
