package io.ggen.libp2p.gossipsub.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protobuf.ProtoWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StrictSignTest {
    private static final PrivateKey KEY = PrivateKey.ofSeed(Bytes.wrap(new byte[32]));
    private static final PrivateKey OTHER = PrivateKey.generate(KeyType.ED25519);

    @Test
    void signsThePrefixAndTheFieldsInNumberOrder() {
        Message message = StrictSign.sign(KEY, 258, "topic", Bytes.utf8("data"));
        Bytes peer = KEY.publicKey().peerId().multihash();
        Bytes fields =
                new ProtoWriter()
                        .bytes(1, peer)
                        .text(2, "data")
                        .bytes(3, Bytes.fromHex("0000000000000102"))
                        .text(4, "topic")
                        .toBytes();
        Bytes signature = KEY.sign(Bytes.utf8("libp2p-pubsub:").concat(fields));
        assertThat(message.encode())
                .isEqualTo(fields.concat(new ProtoWriter().bytes(5, signature).toBytes()));
        assertThat(StrictSign.check(message))
                .isEqualTo(new StrictSign.Check.Genuine(KEY.publicKey().peerId(), 258));
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void everyTypeOfKeySignsAndGivesTheKeyWhereTheIdHoldsNone(KeyType type) {
        PrivateKey key = PrivateKey.generate(type);
        Message message = again(StrictSign.sign(key, 1, "t", Bytes.empty()).encode());
        assertThat(StrictSign.check(message)).isInstanceOf(StrictSign.Check.Genuine.class);
        boolean inline = key.publicKey().peerId().publicKey().isPresent();
        assertThat(message.key().length() == 0).isEqualTo(inline);
    }

    private static Message again(Bytes encoded) {
        return Message.decode(encoded, RpcLimits.standard());
    }

    @Test
    void unknownFieldsAreSignedAndTravelOn() {
        Bytes known = StrictSign.sign(KEY, 1, "t", Bytes.utf8("x")).signedPart();
        Bytes extended = known.concat(new ProtoWriter().text(99, "later").toBytes());
        Bytes signature = KEY.sign(Bytes.utf8("libp2p-pubsub:").concat(extended));
        Bytes wire = extended.concat(new ProtoWriter().bytes(5, signature).toBytes());
        assertThat(StrictSign.check(again(wire))).isInstanceOf(StrictSign.Check.Genuine.class);
        assertThat(again(again(wire).encode())).isEqualTo(again(wire));
        Bytes stripped = known.concat(new ProtoWriter().bytes(5, signature).toBytes());
        assertForged(again(stripped), "signature is wrong");
    }

    @Test
    void theOrderOfFieldsOnTheWireDoesNotMatter() {
        Message message = StrictSign.sign(KEY, 1, "t", Bytes.utf8("x"));
        Bytes wire =
                new ProtoWriter()
                        .bytes(5, message.signature())
                        .text(4, "t")
                        .bytes(3, message.seqno())
                        .text(2, "x")
                        .bytes(1, message.from())
                        .toBytes();
        assertThat(again(wire)).isEqualTo(message).hasSameHashCodeAs(message);
    }

    @Test
    void refusesAnAuthorWhoIsNotTheOwnerOfTheKey() {
        Message message = StrictSign.sign(KEY, 1, "t", Bytes.utf8("x"));
        Bytes claimed = OTHER.publicKey().peerId().multihash();
        Bytes body =
                new ProtoWriter()
                        .bytes(1, claimed)
                        .text(2, "x")
                        .bytes(3, message.seqno())
                        .text(4, "t")
                        .toBytes();
        Bytes signature = KEY.sign(Bytes.utf8("libp2p-pubsub:").concat(body));
        Message stolen = again(body).signed(signature, Bytes.empty());
        assertForged(stolen, "signature is wrong");
        assertForged(stolen.signed(signature, KEY.publicKey().encode()), "not the author's");
    }

    @Test
    void refusesMessagesThatLackWhatThePolicyDemands() {
        Bytes peer = KEY.publicKey().peerId().multihash();
        Bytes number = Bytes.wrap(new byte[8]);
        Bytes one = Bytes.of((byte) 1);
        assertForged(Message.unsigned(peer, number, "t", one), "no signature");
        assertForged(Message.unsigned(peer, one, "t", one).signed(one, Bytes.empty()), "not 8");
        assertForged(
                Message.unsigned(Bytes.empty(), number, "t", one).signed(one, Bytes.empty()),
                "malformed peer id");
        assertForged(Message.unsigned(peer, number, "t", one).signed(one, one), "public key");
        assertForged(Message.unsigned(peer, number, "t", one).signed(one, Bytes.empty()), "wrong");
    }

    @Test
    void refusesAHashedAuthorWithoutItsKey() {
        Message message =
                StrictSign.sign(PrivateKey.generate(KeyType.ECDSA), 1, "t", Bytes.empty());
        assertForged(message.signed(message.signature(), Bytes.empty()), "key is not given");
    }

    private static void assertForged(Message message, String reason) {
        assertThat(StrictSign.check(message))
                .isInstanceOfSatisfying(
                        StrictSign.Check.Forged.class,
                        forged -> assertThat(forged.reason()).contains(reason));
    }

    @Test
    void theSameContentIsOneMessageByOurFunctionAndTwoByTheDefault() {
        Message one = StrictSign.sign(KEY, 1, "t", Bytes.utf8("x"));
        Message two = StrictSign.sign(OTHER, 1, "t", Bytes.utf8("x"));
        assertThat(MessageIds.byContent().of(one))
                .isEqualTo(MessageIds.byContent().of(two))
                .isEqualTo(
                        Bytes.fromHex(
                                "6fca3fcfeb33651f070e9903370a070344d3659d7cc8190fc4e22838220b2128"));
        assertThat(MessageIds.byAuthor().of(one))
                .isEqualTo(one.from().concat(Bytes.fromHex("0000000000000001")))
                .isNotEqualTo(MessageIds.byAuthor().of(two));
    }
}
