package io.ggen.libp2p.gossipsub.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.function.Consumer;

final class HostileRpcTest {
    @Test
    void refusesAHundredThousandSubscriptions() {
        Bytes entry = new ProtoWriter().bool(1, true).text(2, "t").toBytes();
        Bytes bomb = frame(rpc -> repeat(rpc, 1, entry, 100_000));
        assertRefused(bomb, "more than 100 subscriptions");
    }

    @Test
    void refusesAFrameOverItsLimit() {
        assertRefused(Bytes.wrap(new byte[(1 << 20) + 1]), "at most 1048576");
    }

    @Test
    void refusesControlAmplification() {
        Bytes id = Bytes.wrap(new byte[8]);
        Bytes ids = frame(list -> repeat(list, 1, id, 5_001));
        Bytes offers = frame(list -> repeat(list, 2, id, 5_001));
        Bytes topic = frame(list -> list.text(1, "t"));
        assertRefused(control(c -> c.bytes(2, ids)), "more than 5000 ids in IWANT");
        assertRefused(control(c -> c.bytes(1, offers)), "more than 5000 ids in IHAVE");
        assertRefused(control(c -> repeat(c, 1, topic, 101)), "more than 100 IHAVE");
        assertRefused(control(c -> repeat(c, 3, topic, 101)), "more than 100 GRAFT");
        assertRefused(control(c -> repeat(c, 4, topic, 101)), "more than 100 PRUNE");
    }

    @Test
    void countsOverSeveralControlParts() {
        Bytes topic = frame(list -> list.text(1, "t"));
        Bytes part = frame(c -> repeat(c, 3, topic, 60));
        assertRefused(frame(rpc -> repeat(rpc, 3, part, 2)), "more than 100 GRAFT");
    }

    @Test
    void readsSoManyUnwantedIdsAndCandidatesAndNoMore() {
        Bytes ids = frame(list -> repeat(list, 1, Bytes.utf8("id"), 2_000));
        Bytes peer = frame(info -> info.text(1, "peer"));
        Bytes prune =
                frame(entry -> {
                    entry.text(1, "t");
                    repeat(entry, 2, peer, 2_000);
                });
        Rpc rpc = decode(control(c -> c.bytes(4, prune).bytes(5, ids)));
        assertThat(rpc.control().dontWant()).hasSize(512);
        assertThat(rpc.control().prune().getFirst().exchange()).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, -1, Long.MIN_VALUE, 1L << 40})
    void cutsABackoffNearTheEndOfItsRange(long seconds) {
        Bytes prune = frame(entry -> entry.text(1, "t").uint64(3, seconds));
        Control.Prune read = decode(control(c -> c.bytes(4, prune))).control().prune().getFirst();
        assertThat(read.backoff()).isEqualTo(Duration.ofSeconds(Integer.MAX_VALUE));
    }

    @Test
    void refusesLongTopicsIdsAndMessages() {
        Bytes longTopic = Bytes.wrap(new byte[257]);
        assertRefused(frame(rpc -> rpc.bytes(1, frame(s -> s.bytes(2, longTopic)))), "at most 256");
        assertRefused(frame(rpc -> rpc.bytes(2, frame(m -> m.bytes(4, longTopic)))), "at most 256");
        Bytes longId = frame(list -> list.bytes(1, Bytes.wrap(new byte[129])));
        assertRefused(control(c -> c.bytes(2, longId)), "at most 128");
        Bytes message = frame(m -> m.text(4, "t").bytes(2, Bytes.wrap(new byte[55 << 10])));
        assertRefused(frame(rpc -> rpc.bytes(2, message)), "at most 56320");
        assertRefused(
                frame(rpc -> repeat(rpc, 2, frame(m -> m.text(4, "t")), 501)), "500 messages");
    }

    @Test
    void refusesAMessageWithoutTopicOrWithAFieldTwice() {
        assertRefused(Bytes.fromHex("1202" + "1200"), "no topic");
        assertRefused(Bytes.fromHex("1206" + "220161" + "220162"), "stands twice");
    }

    @ParameterizedTest
    @CsvSource({
        "1a0b0c, group",
        "0a808080808080808080808001, varint of 11 bytes",
        "12051204, length past the end",
        "1a020a7f, length past the end of the control part",
        "0a020a00, truth value that is bytes",
        "12021800, number where bytes belong"
    })
    void refusesBrokenProtobuf(String hex, String what) {
        assertThatThrownBy(() -> decode(Bytes.fromHex(hex)))
                .as(what)
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void alteredRpcsAreReadOrRefusedAndNothingElse() {
        Gen<Bytes> altered =
                random -> {
                    byte[] bytes = RpcCodec.encode(RpcCodecTest.anyRpc(random)).toArray();
                    for (int i = 0; i < 3 && bytes.length > 0; i++) {
                        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                    }
                    return Bytes.wrap(bytes);
                };
        Property.forAll(altered, 2_000, HostileRpcTest::isReadOrRefused);
    }

    @Test
    void manyUnknownFieldsAreReadInTheirOwnLength() {
        Bytes field = Bytes.fromHex("7800");
        Bytes message = frame(m -> m.text(4, "t")).concat(times(field, 27_000));
        Message read = decode(frame(rpc -> rpc.bytes(2, message))).messages().getFirst();
        assertThat(read.encode()).isEqualTo(message);
    }

    private static Bytes times(Bytes part, int times) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            out.writeBytes(part.toArray());
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static void isReadOrRefused(Bytes frame) {
        try {
            Rpc rpc = decode(frame);
            Rpc again = decode(RpcCodec.encode(rpc));
            assertThat(again.control()).isEqualTo(rpc.control());
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    private static Rpc decode(Bytes frame) {
        return RpcCodec.decode(frame, RpcLimits.standard());
    }

    private static void assertRefused(Bytes frame, String why) {
        assertThatThrownBy(() -> decode(frame))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(why);
    }

    private static Bytes control(Consumer<ProtoWriter> content) {
        return frame(rpc -> rpc.bytes(3, frame(content)));
    }

    private static Bytes frame(Consumer<ProtoWriter> content) {
        var writer = new ProtoWriter();
        content.accept(writer);
        return writer.toBytes();
    }

    private static void repeat(ProtoWriter writer, int field, Bytes value, int times) {
        for (int i = 0; i < times; i++) {
            writer.bytes(field, value);
        }
    }
}
