package io.ggen.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.content.ContentException.Reason;
import io.ggen.multiformats.Cid;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

final class UnixFsWalkTest {
    private static final ArchivePolicy POLICY = ArchivePolicy.standard();
    private static final Bytes X = Bytes.utf8("x");

    private final MemoryBlocks blocks = new MemoryBlocks();

    @Test
    void readsBackEveryTree() {
        Property.forAll(
                Trees.any(),
                60,
                tree -> {
                    var stored = new MemoryBlocks();
                    ContentDigest digest = ContentHasher.digest(tree, stored);
                    FileTree back =
                            UnixFsWalk.tree(digest.cid(), digest.executables(), stored, POLICY);
                    assertThat(Trees.describe(back)).isEqualTo(Trees.describe(tree));
                    Set<Cid> visited = new HashSet<>();
                    UnixFsWalk.visit(digest.cid(), stored, POLICY, visited::add);
                    assertThat(visited).isEqualTo(stored.blocks.keySet());
                });
    }

    @Test
    void readsBackLargeFilesAndShardedFolders() throws IOException {
        Bytes large = Bytes.wrap(Keystream.bytes("large", 3_500_000));
        List<TreeEntry> entries = new ArrayList<>(ProfileVectorsTest.folder(22).entries());
        entries.add(Trees.ofBytes("large", large, false));
        FileTree tree = FileTree.of(entries);
        ContentDigest digest = ContentHasher.digest(tree, blocks);
        FileTree back = UnixFsWalk.tree(digest.cid(), List.of(), blocks, POLICY);
        assertThat(Trees.tar(back)).isEqualTo(Trees.tar(tree));
        Set<Cid> visited = new HashSet<>();
        UnixFsWalk.visit(digest.cid(), blocks, POLICY, visited::add);
        assertThat(visited).isEqualTo(blocks.blocks.keySet());
    }

    @Test
    void cutsFilesOfManyChunksInBalancedLevels() throws IOException {
        var chunking = new Chunking(4, 3);
        for (int size : new int[] {0, 4, 5, 12, 13, 36, 37, 108, 109}) {
            var stored = new MemoryBlocks();
            Bytes content = Bytes.wrap(Keystream.bytes("many", size));
            ContentHasher.digest(Trees.tree(Trees.ofBytes("f", content, false)), stored, chunking);
            int leaves = Math.max(1, (size + 3) / 4);
            int nodes = 0;
            for (int level = leaves; level > 1; level = (level + 2) / 3) {
                nodes += (level + 2) / 3;
            }
            assertThat(stored.blocks).hasSize(leaves + nodes + 1);
            assertThat(chunking.depth(size)).isEqualTo(depth(leaves));
        }
    }

    @Test
    void wrongBlocksAreDetected() throws IOException {
        ContentDigest digest =
                ContentHasher.digest(Trees.tree(Trees.file("a/b", "content")), blocks);
        for (Cid cid : List.copyOf(blocks.blocks.keySet())) {
            Bytes good = blocks.blocks.put(cid, Bytes.utf8("evil"));
            assertRefused(Reason.CORRUPT_BLOCK, digest.cid());
            blocks.blocks.remove(cid);
            assertRefused(Reason.MISSING_BLOCK, digest.cid());
            blocks.blocks.put(cid, good);
        }
    }

    @Test
    void oversizedBlocksAreRefused() {
        Cid large = blocks.add(Cid.RAW, Bytes.wrap(new byte[BlockSink.MAX_BLOCK + 1]));
        assertRefused(Reason.LIMIT, folder(new DagPbLink("a", large, BlockSink.MAX_BLOCK + 1L)));
    }

    @Test
    void absurdTotalSizesAreRefused() {
        Cid x = blocks.add(Cid.RAW, X);
        assertRefused(Reason.NOT_CANONICAL, folder(new DagPbLink("a", x, 2)));
        assertRefused(Reason.LIMIT, folder(new DagPbLink("a", x, Long.MAX_VALUE / 2)));
        Cid inner = folder(new DagPbLink("a", x, 1));
        assertRefused(Reason.NOT_CANONICAL, folder(new DagPbLink("b", inner, Long.MAX_VALUE)));
        assertRefused(Reason.NOT_CANONICAL, folder(new DagPbLink("b", inner, 3)));
    }

    @Test
    void absurdFileSizesAreRefused() {
        Cid x = blocks.add(Cid.RAW, X);
        for (long size : new long[] {0, 1, 2, 1 << 20, 1 << 21, 1L << 40, Long.MAX_VALUE}) {
            var data = new UnixFsDataBytes(size, List.of(size)).bytes();
            var node = new DagPbNode(List.of(new DagPbLink("", x, 1)), data);
            Cid file = blocks.add(node);
            assertThatThrownBy(
                            () -> read(folder(new DagPbLink("a", file, node.encodedSize() + 1L))))
                    .isInstanceOf(ContentException.class);
        }
    }

    @Test
    void anotherLayoutOfAFileIsRefused() {
        Cid x = blocks.add(Cid.RAW, X);
        var node =
                new DagPbNode(
                        List.of(new DagPbLink("", x, 1), new DagPbLink("", x, 1)),
                        new UnixFsData.File(2, List.of(1L, 1L)).encode());
        Cid file = blocks.add(node);
        assertRefused(
                Reason.NOT_CANONICAL, folder(new DagPbLink("a", file, node.encodedSize() + 2L)));
    }

    @Test
    void unsafeNamesInFoldersAreRefused() {
        Cid x = blocks.add(Cid.RAW, X);
        for (String name : List.of("..", ".", "a/b", "/a", "a\\b", "e\u0301", "nul", "a\u202E")) {
            assertRefused(Reason.UNSAFE_PATH, folder(new DagPbLink(name, x, 1)));
        }
        assertRefused(Reason.NOT_CANONICAL, folder(new DagPbLink("", x, 1)));
        assertRefused(Reason.COLLISION, folder(new DagPbLink("A", x, 1), new DagPbLink("a", x, 1)));
    }

    @Test
    void repeatedAndUnsortedNamesAreRefused() {
        Cid x = blocks.add(Cid.RAW, X);
        assertRefused(
                Reason.NOT_CANONICAL, folder(new DagPbLink("a", x, 1), new DagPbLink("a", x, 1)));
        assertRefused(
                Reason.NOT_CANONICAL, folder(new DagPbLink("b", x, 1), new DagPbLink("a", x, 1)));
    }

    @Test
    void foldersWithoutBottomAreStopped() throws IOException {
        Cid at = folder();
        long total = 4;
        for (int i = 0; i < 70; i++) {
            var link = new DagPbLink("a", at, total);
            var node = new DagPbNode(List.of(link), new UnixFsData.Directory().encode());
            at = blocks.add(node);
            total += node.encodedSize();
        }
        assertRefused(Reason.UNSAFE_PATH, at);
    }

    @Test
    void foldersThatShareThemselvesManyTimesAreStopped() {
        Cid at = folder();
        long total = 4;
        for (int i = 0; i < 20; i++) {
            List<DagPbLink> links = new ArrayList<>();
            for (int j = 0; j < 26; j++) {
                links.add(new DagPbLink(String.valueOf((char) ('a' + j)), at, total));
            }
            var node = new DagPbNode(links, new UnixFsData.Directory().encode());
            at = blocks.add(node);
            total = Math.min(total * 26 + node.encodedSize(), Long.MAX_VALUE / 100);
        }
        assertRefused(Reason.LIMIT, at);
    }

    @Test
    void hamtTricksAreRefused() {
        Cid x = blocks.add(Cid.RAW, X);
        var link = new DagPbLink("a", x, 1);
        String slot = FolderDag.prefix(FolderDag.slot(FolderDag.hash("a"), 0));
        var placed = new DagPbLink(slot + "a", x, 1);
        Bytes places = places(Integer.parseInt(slot, 16));
        assertRefused(Reason.NOT_CANONICAL, shard(places, placed));
        assertRefused(Reason.NOT_CANONICAL, shard(Bytes.empty(), placed));
        assertRefused(Reason.NOT_CANONICAL, shard(Bytes.wrap(new byte[100]), placed));
        assertRefused(Reason.NOT_CANONICAL, shard(places, placed, placed));
        assertRefused(Reason.NOT_CANONICAL, shard(places(0), new DagPbLink("00a", x, 1)));
        assertRefused(Reason.MALFORMED, shard(places, new DagPbLink("zz", x, 1)));
        assertRefused(Reason.MALFORMED, shard(places, new DagPbLink("a", x, 1)));
        assertRefused(Reason.MALFORMED, shard(places, new DagPbLink(slot, folder(link), 9)));
    }

    @Test
    void shardsWithoutBottomAreStopped() {
        Cid at = shard(Bytes.empty());
        long total = 10;
        for (int i = 0; i < 12; i++) {
            var data = new UnixFsData.Shard(places(0)).encode();
            var node = new DagPbNode(List.of(new DagPbLink("00", at, total)), data);
            at = blocks.add(node);
            total += node.encodedSize();
        }
        assertRefused(Reason.NOT_CANONICAL, at);
    }

    @Test
    void linksOtherThanFilesAndFoldersAreRefused() {
        Cid symlink =
                blocks.add(new DagPbNode(List.of(), Bytes.fromHex("08041201 61".replace(" ", ""))));
        assertRefused(Reason.UNSUPPORTED_ENTRY, folder(new DagPbLink("a", symlink, 7)));
    }

    @Test
    void identityAndForeignHashesAreRefused() {
        Cid identity = Cid.decode(Bytes.fromHex("015500" + "00"));
        assertRefused(Reason.NOT_CANONICAL, folder(new DagPbLink("a", identity, 0)));
    }

    @Test
    void executablesThatAreNotThereAreRefused() throws IOException {
        Cid root = ContentHasher.digest(Trees.tree(Trees.file("a", "")), blocks).cid();
        assertThatThrownBy(() -> UnixFsWalk.tree(root, List.of("b"), blocks, POLICY))
                .isInstanceOf(ContentException.class);
    }

    private record UnixFsDataBytes(long size, List<Long> parts) {
        Bytes bytes() {
            var out = new Protobuf.Writer(16);
            out.uint(1, 2);
            out.uint(3, size);
            for (long part : parts) {
                out.uint(4, part);
            }
            return Bytes.wrap(out.toArray());
        }
    }

    private Cid folder(DagPbLink... links) {
        return blocks.add(new DagPbNode(List.of(links), new UnixFsData.Directory().encode()));
    }

    private Cid shard(Bytes places, DagPbLink... links) {
        return blocks.add(new DagPbNode(List.of(links), new UnixFsData.Shard(places).encode()));
    }

    private static Bytes places(int slot) {
        return FolderDag.places(java.math.BigInteger.ZERO.setBit(slot));
    }

    private static int depth(int leaves) {
        int depth = 0;
        for (int level = leaves; level > 1; level = (level + 2) / 3) {
            depth++;
        }
        return depth;
    }

    private void assertRefused(Reason reason, Cid root) {
        assertThatThrownBy(() -> read(root))
                .isInstanceOfSatisfying(
                        ContentException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private void read(Cid root) throws IOException {
        FileTree tree = UnixFsWalk.tree(root, List.of(), blocks, POLICY);
        CanonicalTar.write(tree, OutputStream.nullOutputStream());
    }
}
