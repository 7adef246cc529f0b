package io.ggen.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.ContentException.Reason;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

final class DagTest {
    private final MemoryBlocks store = new MemoryBlocks();

    private List<Cid> walk(Cid root, DagLimits limits) throws IOException {
        List<Cid> met = new ArrayList<>();
        Dag.walk(root, store, limits, (cid, block) -> met.add(cid));
        return met;
    }

    private Cid node(Cid... children) {
        List<DagPbLink> links = new ArrayList<>();
        for (Cid child : children) {
            links.add(new DagPbLink("", child, Long.MAX_VALUE));
        }
        return store.add(new DagPbNode(links, Bytes.empty()));
    }

    private Cid leaf(String text) {
        return store.add(Cid.RAW, Bytes.utf8(text));
    }

    private static void assertRefused(Reason reason, ThrowingCallable walk) {
        assertThatThrownBy(walk)
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void goesDepthFirstAndMeetsEachBlockOnce() throws IOException {
        Cid one = leaf("1");
        Cid two = leaf("2");
        Cid left = node(one, two);
        Cid right = node(two, left, one);
        Cid root = node(left, right, left);
        assertThat(walk(root, DagLimits.standard())).containsExactly(root, left, one, two, right);
    }

    @Test
    void readsNodesThatOthersWrite() {
        // data first, a link without name and size, an empty node
        Bytes hash = leaf("1").encode();
        Bytes link = Bytes.fromHex("12260a24").concat(hash);
        assertThat(DagPbNode.decodeAny(Bytes.fromHex("0a0161").concat(link)).links())
                .containsExactly(new DagPbLink("", leaf("1"), 0));
        assertThat(DagPbNode.decodeAny(link.concat(Bytes.fromHex("0a0161"))).data())
                .isEqualTo(Bytes.utf8("a"));
        assertThat(DagPbNode.decodeAny(Bytes.empty()).links()).isEmpty();
        for (String hex : List.of("0a000a00", "0801", "1a00", "12021200", "1200", "12030a0101")) {
            assertRefused(Reason.MALFORMED, () -> DagPbNode.decodeAny(Bytes.fromHex(hex)));
        }
        Bytes linksAroundData = link.concat(Bytes.fromHex("0a00")).concat(link);
        assertRefused(Reason.MALFORMED, () -> DagPbNode.decodeAny(linksAroundData));
    }

    @Test
    void aMissingBlockEndsTheWalk() {
        Cid gone = leaf("1");
        Cid root = node(leaf("0"), gone);
        store.blocks.remove(gone);
        assertRefused(Reason.MISSING_BLOCK, () -> walk(root, DagLimits.standard()));
    }

    @Test
    void aWrongBlockIsMissingFromVerifiedBlocks() throws IOException {
        Cid cid = leaf("1");
        store.blocks.put(cid, Bytes.utf8("2"));
        assertThat(store.verified().get(cid)).isEmpty();
    }

    @Test
    void blocksOfAnotherCodecAreNotWalked() {
        Cid cbor = store.add(0x71, Bytes.fromHex("a0"));
        assertRefused(Reason.UNSUPPORTED_ENTRY, () -> walk(node(cbor), DagLimits.standard()));
    }

    @Test
    void limitsHold() {
        Cid chain = leaf("0");
        for (int i = 0; i < 10; i++) {
            chain = node(chain);
        }
        Cid root = chain;
        assertRefused(Reason.LIMIT, () -> walk(root, new DagLimits(100, 1000, 10)));
        assertRefused(Reason.LIMIT, () -> walk(root, new DagLimits(10, 1000, 100)));
        assertRefused(Reason.LIMIT, () -> walk(root, new DagLimits(100, 100, 100)));
        Cid large = store.add(Cid.RAW, Bytes.wrap(new byte[BlockSink.MAX_BLOCK + 1]));
        assertRefused(Reason.LIMIT, () -> walk(large, DagLimits.standard()));
    }

    /** Each level links the one below a hundred times: 100^10 ways to the leaf. */
    @Test
    void aDagWithCountlessPathsIsWalkedOnce() throws IOException {
        Cid level = leaf("0");
        for (int i = 0; i < 10; i++) {
            Cid[] same = new Cid[100];
            Arrays.fill(same, level);
            level = node(same);
        }
        assertThat(walk(level, DagLimits.standard())).hasSize(11);
    }

    @Test
    void knowsTheHashesThatItVerifies() {
        Bytes abc = Bytes.utf8("abc");
        Multihash sha512 = BlockHash.of(Multihash.SHA2_512, 64, abc).orElseThrow();
        assertThat(sha512.digest().hex()).startsWith("ddaf35a193617abacc417349ae204131");
        assertThat(BlockHash.matches(new Cid(1, Cid.RAW, sha512), abc)).isTrue();
        assertThat(BlockHash.matches(Cid.v1(Cid.RAW, Sha256.of(abc)), abc)).isTrue();
        assertThat(BlockHash.of(Multihash.SHA2_256, 20, abc)).isEmpty();
        assertThat(BlockHash.of(Multihash.IDENTITY, 4, abc)).isEmpty();
        assertThat(BlockHash.of(Multihash.IDENTITY, 200, Bytes.wrap(new byte[200]))).isEmpty();
        assertThat(BlockHash.of(0xd5, 20, abc)).isEmpty();
    }
}
