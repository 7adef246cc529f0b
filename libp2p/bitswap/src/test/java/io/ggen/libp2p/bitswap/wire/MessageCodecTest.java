package io.ggen.libp2p.bitswap.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.Block;
import io.ggen.content.BlockSink;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.io.MemoryPipe;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.List;

final class MessageCodecTest {
    private static final Bytes HELLO = Bytes.utf8("hello world");
    private static final Cid CID =
            Cid.parse("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");

    private static Bytes encode(Message message) {
        MemoryPipe.Pair pipe = MemoryPipe.create();
        MessageCodec.write(pipe.left(), message);
        return Frames.read(pipe.right(), MessageCodec.MAX_MESSAGE).orElseThrow();
    }

    private static void assertMalformed(Bytes frame) {
        assertThatThrownBy(() -> MessageCodec.decode(frame))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void readsBackWhatItWrites() {
        Gen<Cid> cid =
                Gen.zip(
                        Gen.bytes(40),
                        Gen.of(Cid.RAW, Cid.DAG_PB),
                        (bytes, codec) -> Cid.v1(codec, Sha256.of(bytes)));
        Gen<Want> want =
                Gen.zip(
                        cid,
                        Gen.ints(0, 4),
                        (id, kind) ->
                                kind == 0
                                        ? Want.cancel(id)
                                        : kind == 1
                                                ? Want.have(id)
                                                : new Want(id, Want.Kind.BLOCK, kind == 2));
        Gen<Block> block =
                Gen.bytes(400).map(bytes -> new Block(Cid.v1(Cid.RAW, Sha256.of(bytes)), bytes));
        Gen<Presence> presence = Gen.zip(cid, Gen.booleans(), Presence::new);
        Gen<Message> message =
                Gen.zip(
                        Gen.zip(
                                Gen.lists(want, 0, 5),
                                Gen.booleans(),
                                (wants, full) -> new Message(wants, full, List.of(), List.of())),
                        Gen.zip(Gen.lists(block, 0, 3), Gen.lists(presence, 0, 5), Message::answer),
                        (one, two) ->
                                new Message(
                                        one.wants(), one.full(), two.blocks(), two.presences()));
        Property.forAll(
                message, value -> assertThat(MessageCodec.decode(encode(value))).isEqualTo(value));
    }

    @Test
    void writesWhatOthersRead() {
        String hash = CID.encode().hex();
        assertThat(encode(Message.of(List.of(Want.block(CID), Want.have(CID)))).hex())
                .isEqualTo(
                        "0a5a"
                                + "0a2a0a24"
                                + hash
                                + "10012801"
                                + "0a2c0a24"
                                + hash
                                + "100120012801");
        assertThat(encode(Message.of(List.of(Want.cancel(CID)))).hex())
                .isEqualTo("0a2c0a2a0a24" + hash + "10011801");
        assertThat(encode(Message.answer(List.of(new Block(CID, HELLO)), List.of())).hex())
                .isEqualTo("1a13" + "0a0401551220" + "120b" + HELLO.hex());
        assertThat(encode(Message.answer(List.of(), List.of(new Presence(CID, false)))).hex())
                .isEqualTo("22280a24" + hash + "1001");
    }

    @Test
    void aBlockIsNamedByItsBytes() {
        Bytes frame = new ProtoWriter().bytes(3, payload("01551220", HELLO)).toBytes();
        assertThat(MessageCodec.decode(frame).blocks()).containsExactly(new Block(CID, HELLO));
        Bytes old = new ProtoWriter().bytes(3, payload("00701220", HELLO)).toBytes();
        Cid version0 = new Cid(0, Cid.DAG_PB, Multihash.of(Sha256.of(HELLO)));
        assertThat(MessageCodec.decode(old).blocks().getFirst().cid()).isEqualTo(version0);
    }

    private static Bytes payload(String prefix, Bytes data) {
        return new ProtoWriter().bytes(1, Bytes.fromHex(prefix)).bytes(2, data).toBytes();
    }

    @Test
    void blocksWithNamesThatCannotBeVerifiedAreRefused() {
        for (String prefix :
                List.of(
                        "",
                        "0155",
                        "01551214",
                        "0155d50114",
                        "02551220",
                        "00551220",
                        "015500",
                        "0180")) {
            assertMalformed(new ProtoWriter().bytes(3, payload(prefix, HELLO)).toBytes());
        }
    }

    @Test
    void cidsOver168BytesAreRefused() {
        Bytes longCid =
                Bytes.fromHex("0155008001").concat(Bytes.wrap(new byte[128])); // 133 bytes are fine
        assertThat(MessageCodec.decode(wantOf(longCid)).wants()).hasSize(1);
        assertMalformed(wantOf(longCid.concat(Bytes.wrap(new byte[36]))));
        assertMalformed(wantOf(Bytes.empty()));
        assertMalformed(wantOf(Bytes.wrap(new byte[168])));
    }

    private static Bytes wantOf(Bytes cid) {
        Bytes entry = new ProtoWriter().bytes(1, cid).toBytes();
        return new ProtoWriter().bytes(1, new ProtoWriter().bytes(1, entry).toBytes()).toBytes();
    }

    @Test
    void messagesBeyondTheLimitsAreRefused() {
        Bytes tooLarge = Bytes.wrap(new byte[BlockSink.MAX_BLOCK + 1]);
        assertMalformed(new ProtoWriter().bytes(3, payload("01551220", tooLarge)).toBytes());
        assertMalformed(Bytes.wrap(new byte[MessageCodec.MAX_MESSAGE + 1]));
        var flood = new ProtoWriter();
        for (int i = 0; i <= MessageCodec.MAX_ENTRIES; i++) {
            flood.bytes(1, new ProtoWriter().bytes(1, CID.encode()).toBytes());
        }
        assertMalformed(new ProtoWriter().bytes(1, flood.toBytes()).toBytes());
    }

    @Test
    void fieldsOfOtherVersionsAreIgnored() {
        Bytes frame = new ProtoWriter().bytes(2, HELLO).uint64(5, 77).uint64(99, 1).toBytes();
        assertThat(MessageCodec.decode(frame).isEmpty()).isTrue();
    }
}
