package io.ggen.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.ContentException.Reason;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class CarTest {
    private static final Bytes HELLO = Bytes.utf8("hello");
    private static final Cid HELLO_CID = Cid.v1(Cid.RAW, Sha256.of(HELLO));

    /** Header of one root, as other implementations write it, and one section. */
    private static Bytes car(String header, Bytes... sections) {
        var out = new ByteArrayOutputStream();
        Bytes head = Bytes.fromHex(header);
        section(out, head);
        for (Bytes section : sections) {
            section(out, section);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static void section(ByteArrayOutputStream out, Bytes bytes) {
        out.writeBytes(io.ggen.base.Varint.encode(bytes.length()).toArray());
        out.writeBytes(bytes.toArray());
    }

    private static final String NO_ROOTS = "a265726f6f7473806776657273696f6e01";

    private static List<Block> read(Bytes car) throws IOException {
        var reader = new CarReader(car.stream());
        List<Block> blocks = new ArrayList<>();
        for (Optional<Block> next = reader.next(); next.isPresent(); next = reader.next()) {
            blocks.add(next.get());
        }
        return blocks;
    }

    private static void assertRefused(Reason reason, Bytes car) {
        assertThatThrownBy(() -> read(car))
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void writesTheHeaderThatOthersWrite() throws IOException {
        var out = new ByteArrayOutputStream();
        Cid root = Cid.parse("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
        new CarWriter(List.of(root), bytes -> write(out, bytes));
        assertThat(Bytes.wrap(out.toByteArray()).hex())
                .isEqualTo(
                        "3aa265726f6f747381d82a582500"
                                + root.encode().hex()
                                + "6776657273696f6e01");
        assertThat(new CarReader(new ByteArrayInputStream(out.toByteArray())).roots())
                .containsExactly(root);
    }

    private static void write(ByteArrayOutputStream out, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.writeBytes(copy);
    }

    @Test
    void everyTreeTravelsInACar() {
        Property.forAll(
                Trees.any(),
                50,
                tree -> {
                    var store = new MemoryBlocks();
                    Cid root = ContentHasher.digest(tree, store).cid();
                    var out = new ByteArrayOutputStream();
                    var writer = new CarWriter(List.of(root), bytes -> write(out, bytes));
                    Dag.Extent extent = Dag.walk(root, store, DagLimits.standard(), writer);
                    List<Block> blocks = read(Bytes.wrap(out.toByteArray()));
                    Map<Cid, Bytes> got = new HashMap<>();
                    blocks.forEach(block -> got.put(block.cid(), block.bytes()));
                    assertThat(got).isEqualTo(store.blocks).hasSameSizeAs(blocks);
                    assertThat(blocks.getFirst().cid()).isEqualTo(root);
                    assertThat(extent.blocks()).isEqualTo(blocks.size());
                });
    }

    @Test
    void readsBlocksLargerThanItsBuffer() throws IOException {
        Bytes large = Bytes.wrap(new byte[BlockSink.MAX_BLOCK]);
        Cid cid = Cid.v1(Cid.RAW, Sha256.of(large));
        Bytes car = car(NO_ROOTS, cid.encode().concat(large), HELLO_CID.encode().concat(HELLO));
        assertThat(read(car)).containsExactly(new Block(cid, large), new Block(HELLO_CID, HELLO));
    }

    @Test
    void readsOldAndInlineCids() throws IOException {
        Bytes node = new DagPbNode(List.of(), Bytes.fromHex("0801")).encode();
        Cid old = new Cid(0, Cid.DAG_PB, Multihash.of(Sha256.of(node)));
        Cid inline = new Cid(1, Cid.RAW, new Multihash(Multihash.IDENTITY, HELLO));
        Bytes car = car(NO_ROOTS, old.encode().concat(node), inline.encode().concat(HELLO));
        assertThat(read(car)).containsExactly(new Block(old, node), new Block(inline, HELLO));
    }

    @Test
    void anInlineBlockIsNotWritten() throws IOException {
        Cid inline = new Cid(1, Cid.RAW, new Multihash(Multihash.IDENTITY, HELLO));
        var out = new ByteArrayOutputStream();
        var writer = new CarWriter(List.of(inline), bytes -> write(out, bytes));
        Dag.walk(inline, BlockSource.empty(), DagLimits.standard(), writer);
        assertThat(read(Bytes.wrap(out.toByteArray()))).isEmpty();
    }

    @Test
    void aWrongBlockIsRefused() {
        Bytes section = HELLO_CID.encode().concat(Bytes.utf8("hallo"));
        assertRefused(Reason.CORRUPT_BLOCK, car(NO_ROOTS, section));
    }

    @Test
    void aBlockWithAnUnknownHashIsRefused() {
        Cid odd = new Cid(1, Cid.RAW, new Multihash(0x11, Bytes.wrap(new byte[20])));
        assertRefused(Reason.CORRUPT_BLOCK, car(NO_ROOTS, odd.encode().concat(HELLO)));
    }

    @Test
    void aHeaderThatDeclaresABillionRootsIsRefused() {
        assertRefused(Reason.MALFORMED, car("a265726f6f74739a400000006776657273696f6e01"));
        assertRefused(Reason.MALFORMED, car("ba40000000"));
        assertRefused(Reason.MALFORMED, car("a265726f6f7473bfffffffffffffffff"));
        assertRefused(Reason.MALFORMED, car("a27b7fffffffffffffff"));
        assertRefused(Reason.MALFORMED, car("a27bffffffffffffffff"));
    }

    @Test
    void otherHeadersAreRefused() {
        for (String header :
                List.of(
                        "",
                        "a16776657273696f6e01",
                        "a16776657273696f6e02",
                        "a265726f6f7473806776657273696f6e02",
                        "a265726f6f7473806776657273696f6e0100",
                        "a265726f6f74738065726f6f747380",
                        "a365726f6f7473806776657273696f6e016178f6",
                        "a265726f6f747381d82a41016776657273696f6e01",
                        "a265726f6f747381d82b41006776657273696f6e01",
                        "bf65726f6f7473806776657273696f6e01ff")) {
            assertRefused(Reason.MALFORMED, car(header));
        }
    }

    @Test
    void lengthsBeyondTheLimitsAreRefusedBeforeAnythingIsRead() {
        assertRefused(Reason.LIMIT, Bytes.fromHex("ffffffffffffffff7f"));
        Bytes head = car(NO_ROOTS);
        assertRefused(Reason.LIMIT, head.concat(Bytes.fromHex("ffffffffffffffff7f")));
        assertRefused(Reason.MALFORMED, head.concat(Bytes.fromHex("ffffffffffffffffff01")));
        assertRefused(Reason.MALFORMED, head.concat(Bytes.fromHex("8000")));
        assertRefused(Reason.MALFORMED, head.concat(Bytes.fromHex("00")));
        Bytes tooLarge = Bytes.wrap(new byte[BlockSink.MAX_BLOCK + 1]);
        Bytes section = Cid.v1(Cid.RAW, Sha256.of(tooLarge)).encode().concat(tooLarge);
        assertRefused(Reason.LIMIT, car(NO_ROOTS, section));
    }

    @Test
    void aCidBeyondItsSectionOrItsLimitIsRefused() {
        assertRefused(Reason.MALFORMED, car(NO_ROOTS, Bytes.fromHex("01551220aabb")));
        Bytes longCid = Bytes.fromHex("01550081").concat(Bytes.fromHex("02"));
        assertRefused(Reason.MALFORMED, car(NO_ROOTS, longCid.concat(Bytes.wrap(new byte[400]))));
        Bytes endless = Bytes.wrap(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
        assertRefused(Reason.MALFORMED, car(NO_ROOTS, endless));
    }

    @Test
    void anEndWithinASectionIsNoEnd() {
        Bytes car = car(NO_ROOTS, HELLO_CID.encode().concat(HELLO));
        for (int cut = car.length() - 1; cut > NO_ROOTS.length() / 2 + 1; cut--) {
            Bytes part = car.slice(0, cut);
            assertThatThrownBy(() -> read(part)).isInstanceOf(EOFException.class);
        }
    }
}
