package io.ggen.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.List;

final class DagPbNodeTest {
    private static final Cid CID = Cid.v1(Cid.RAW, Sha256.of(Bytes.utf8("x")));

    @Test
    void readsBackWhatItWrites() {
        Gen<DagPbLink> link =
                Gen.zip(
                        Gen.strings("aé漢", 0, 40),
                        Gen.longs(),
                        (name, size) -> new DagPbLink(name, CID, Math.abs(size)));
        Gen<DagPbNode> node = Gen.zip(Gen.lists(link, 0, 5), Gen.bytes(300), DagPbNode::new);
        Property.forAll(
                node,
                value -> {
                    Bytes block = value.encode();
                    assertThat(DagPbNode.decode(block)).isEqualTo(value);
                    assertThat(value.encodedSize()).isEqualTo(block.length());
                });
    }

    @Test
    void refusesEveryOtherEncoding() {
        for (String hex :
                List.of(
                        "",
                        "0a02080100",
                        "0a0208011200",
                        "0a02080112020a00",
                        "0a8200",
                        "0a820008 01".replace(" ", ""),
                        "0b0c",
                        "12020a000a00",
                        "0a0208010a020801",
                        "1a00",
                        "0affffffffffffffffffff01",
                        "0affffffff0f",
                        "120412001800" + "0a00")) {
            assertThatThrownBy(() -> DagPbNode.decode(Bytes.fromHex(hex)))
                    .as(hex)
                    .isInstanceOf(ContentException.class);
        }
    }

    @Test
    void anyBytesGiveANodeThatEncodesToThemOrARefusal() {
        Property.forAll(
                Gen.bytes(60),
                2000,
                bytes -> {
                    try {
                        assertThat(DagPbNode.decode(bytes).encode()).isEqualTo(bytes);
                        UnixFsData.decode(DagPbNode.decode(bytes).data());
                    } catch (ContentException e) {
                        assertThat(e).hasMessageMatching(".+");
                    }
                });
    }

    @Test
    void hashesNamesAsMurmur3Does() {
        assertThat(Murmur3.hash(new byte[0])).isZero();
        assertThat(
                        Long.toHexString(
                                Murmur3.hash(
                                        "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isEqualTo("cbd8a7b341bd9b02");
    }
}
