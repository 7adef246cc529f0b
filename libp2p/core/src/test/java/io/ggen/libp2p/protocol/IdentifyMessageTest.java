package io.ggen.libp2p.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Varint;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.io.MemoryPipe;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

final class IdentifyMessageTest {
    /** The Ed25519 key of the specification of peer ids. */
    private static final String KEY =
            "080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";

    /** Field by field: 1 key, 2 address, 3 protocol, 4 observed, 5 version, 6 agent, 99 unknown. */
    private static final String BYTES =
            "0a24"
                    + KEY
                    + ("1208" + "047f000001" + "060fa1")
                    + ("1a0e" + "2f697066732f69642f312e302e30")
                    + ("2208" + "0401020304" + "0604d2")
                    + ("2a0a" + "697066732f302e312e30")
                    + ("3206" + "6167656e7431");

    private static IdentifyMessage read(Bytes... messages) {
        MemoryPipe.Pair pipe = MemoryPipe.create();
        for (Bytes message : messages) {
            pipe.left().write(Varint.encode(message.length()).concat(message).buffer());
        }
        pipe.left().closeWrite();
        return IdentifyMessage.read(pipe.right());
    }

    private static final IdentifyMessage MESSAGE =
            new IdentifyMessage(
                    Optional.of(PublicKey.decode(Bytes.fromHex(KEY))),
                    List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/4001")),
                    Set.of("/ipfs/id/1.0.0"),
                    Optional.of(Multiaddr.parse("/ip4/1.2.3.4/tcp/1234")),
                    Optional.of("ipfs/0.1.0"),
                    Optional.of("agent1"),
                    Optional.empty());

    @Test
    void hasTheFieldsOfTheSpecification() {
        assertThat(MESSAGE.encode()).isEqualTo(Bytes.fromHex(BYTES));
        assertThat(read(Bytes.fromHex(BYTES))).isEqualTo(MESSAGE);
        assertThat(read(Bytes.fromHex(BYTES + "9a0601ff"))).as("unknown").isEqualTo(MESSAGE);
    }

    @Test
    void severalMessagesAreOne() {
        Bytes all = Bytes.fromHex(BYTES);
        assertThat(read(all.slice(0, 38), all.slice(38, all.length()))).isEqualTo(MESSAGE);
        assertThat(read().addresses()).isEmpty();
    }

    @Test
    void addressesOfUnknownProtocolsAreLeftOut() {
        Bytes unknown = Bytes.fromHex("1203" + "ffff7f");
        assertThat(read(unknown.concat(Bytes.fromHex(BYTES)))).isEqualTo(MESSAGE);
    }

    @Test
    void tooMuchIsRefused() {
        var protocols = new ProtoWriter();
        for (int i = 0; i < 600; i++) {
            protocols.text(3, "/p/" + i);
        }
        Bytes half = protocols.toBytes();
        var others = new ProtoWriter();
        for (int i = 600; i < 1200; i++) {
            others.text(3, "/p/" + i);
        }
        Bytes rest = others.toBytes();
        assertThat(read(half).protocols()).hasSize(600);
        assertThatThrownBy(() -> read(half, rest)).hasMessageContaining("1024 protocols");
        Bytes empty = Bytes.empty();
        assertThatThrownBy(() ->
                        read(
                                empty, empty, empty, empty, empty, empty, empty, empty, empty,
                                empty, empty))
                .hasMessageContaining("10 messages");
        assertThatThrownBy(() -> read(Bytes.wrap(new byte[8193])))
                .isInstanceOf(Libp2pException.class);
    }
}
