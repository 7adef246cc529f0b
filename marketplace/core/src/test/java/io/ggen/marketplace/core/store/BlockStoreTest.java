package io.ggen.marketplace.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.BlockSink;
import io.ggen.content.ByteSource;
import io.ggen.content.ContentDigest;
import io.ggen.content.ContentHasher;
import io.ggen.content.FileTree;
import io.ggen.content.TreeEntry;
import io.ggen.multiformats.Cid;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

class BlockStoreTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir private Path folder;
    private final List<String> damage = new ArrayList<>();
    private BlockStore store = new BlockStore(Path.of("unused"), line -> {});

    @BeforeEach
    void open() {
        store = new BlockStore(folder.resolve("store"), damage::add);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private static FileTree tree(String text) {
        return FileTree.of(
                List.of(
                        file("a.txt", text, false),
                        file("bin/run", "#!/bin/sh\n" + text, true),
                        new TreeEntry.Directory("empty")));
    }

    private static TreeEntry.RegularFile file(String path, String text, boolean executable) {
        Bytes bytes = Bytes.utf8(text);
        return new TreeEntry.RegularFile(path, bytes.length(), executable, ByteSource.of(bytes));
    }

    private static ContentDigest add(BlockStore store, FileTree tree) throws IOException {
        try (StoreWriter writer = store.writer()) {
            ContentWriter content = writer.content();
            ContentDigest digest = ContentHasher.digest(tree, content);
            content.keep(digest);
            writer.commit();
            return digest;
        }
    }

    private static Cid raw(String text) {
        return Cid.v1(Cid.RAW, Sha256.of(Bytes.utf8(text)));
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("store/segments"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void givesBackWhatWasCommitted() throws IOException {
        ContentDigest digest = add(store, tree("hello"));
        try (var again = new BlockStore(folder.resolve("store"), damage::add)) {
            assertThat(again.get(raw("hello"))).contains(Bytes.utf8("hello"));
            StoredContent content =
                    again.contents(List.of(digest.sha256())).values().iterator().next();
            assertThat(content.digest()).isEqualTo(digest);
            assertThat(again.blocks(content).get(raw("hello"))).contains(Bytes.utf8("hello"));
        }
        assertThat(damage).isEmpty();
    }

    @Test
    void leavesNothingWithoutCommit() throws IOException {
        try (StoreWriter writer = store.writer()) {
            ContentWriter content = writer.content();
            content.keep(ContentHasher.digest(tree("gone"), content));
        }
        assertThat(store.get(raw("gone"))).isEmpty();
        assertThat(segments()).isEmpty();
    }

    @Test
    void handsBackBlocksBeforeTheCommit() throws IOException {
        try (StoreWriter writer = store.writer()) {
            ContentWriter content = writer.content();
            Bytes large = Bytes.wrap(new byte[900_000]);
            Cid first = Cid.v1(Cid.RAW, Sha256.of(large));
            content.put(first, large.buffer());
            content.put(raw("small"), Bytes.utf8("small").buffer());
            Bytes next = Bytes.wrap(new byte[800_000]);
            content.put(Cid.v1(Cid.RAW, Sha256.of(next)), next.buffer());
            assertThat(content.get(first)).contains(large);
            assertThat(content.get(raw("small"))).contains(Bytes.utf8("small"));
            assertThat(content.get(raw("other"))).isEmpty();
        }
    }

    @Test
    void neverHandsOnADecayedBlock() throws IOException {
        add(store, tree("precious"));
        flipEveryByte(segments().getFirst());
        assertThat(store.get(raw("precious"))).isEmpty();
        assertThat(damage).singleElement().asString().contains("damaged");
        add(store, tree("precious"));
        assertThat(store.get(raw("precious"))).contains(Bytes.utf8("precious"));
    }

    private static void flipEveryByte(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), 0);
        }
    }

    @Test
    void survivesALostSegmentAndADamagedIndex() throws IOException {
        add(store, tree("one"));
        Files.delete(segments().getFirst());
        assertThat(store.get(raw("one"))).isEmpty();
        store.close();
        Files.writeString(folder.resolve("store/index.db"), "this is no database at all");
        Files.deleteIfExists(folder.resolve("store/index.db-wal"));
        assertThat(store.get(raw("one"))).isEmpty();
        add(store, tree("one"));
        assertThat(store.get(raw("one"))).isPresent();
        assertThat(folder.resolve("store/index.db.corrupted")).exists();
    }

    @Test
    void sweepsWhatNobodyNeedsAndKeepsTheRest() throws IOException {
        ContentDigest kept = add(store, tree("kept"));
        ContentDigest dead = add(store, tree("dead"));
        Files.write(folder.resolve("store/segments/00000000000000ff.seg"), new byte[1000]);
        Swept swept = store.sweep(List.of(kept.sha256()), NOW);
        assertThat(swept.contents()).containsExactly(dead.cid());
        assertThat(swept.freedBytes()).isGreaterThan(1000);
        assertThat(segments()).hasSize(1);
        assertThat(store.get(raw("kept"))).isPresent();
        assertThat(store.get(raw("dead"))).isEmpty();
    }

    @Test
    void sweepRewritesASegmentThatIsMostlyEmpty() throws IOException {
        ContentDigest small;
        try (StoreWriter writer = store.writer()) {
            ContentWriter one = writer.content();
            small = ContentHasher.digest(tree("small"), one);
            one.keep(small);
            ContentWriter two = writer.content();
            two.keep(ContentHasher.digest(tree("x".repeat(100_000)), two));
            writer.commit();
        }
        Swept swept = store.sweep(List.of(small.sha256()), NOW);
        assertThat(swept.freedBytes()).isGreaterThan(100_000);
        assertThat(segments()).hasSize(1);
        StoredContent content = store.contents(List.of(small.sha256())).values().iterator().next();
        assertThat(store.blocks(content).get(raw("small"))).isPresent();
        assertThat(damage).isEmpty();
    }

    @Test
    void sweepLeavesASegmentThatIsBeingWritten() throws IOException {
        try (StoreWriter writer = store.writer()) {
            ContentWriter content = writer.content();
            content.keep(ContentHasher.digest(tree("busy"), content));
            store.sweep(List.of(), NOW);
            writer.commit();
        }
        assertThat(store.get(raw("busy"))).isPresent();
    }

    @Test
    void sweepKeepsWhatCameToBeInstalledAsLongAsItIs() throws IOException {
        ContentDigest content = add(store, tree("installed"));
        store.holds().add(new Hold(content.cid(), content.sha256(), Hold.Reason.INSTALLED, NOW));
        Instant later = NOW.plus(Duration.ofDays(1));

        assertThat(store.sweep(List.of(), NOW).contents()).isEmpty(); // on its way
        assertThat(store.sweep(List.of(content.sha256()), later).contents()).isEmpty();
        assertThat(store.holds().of(content.cid())).hasSize(1);
        assertThat(store.sweep(List.of(), later).contents()).containsExactly(content.cid());
        assertThat(store.holds().all()).isEmpty();
    }

    @Test
    void sweepKeepsWhatIsHeldUntilItIsReleased() throws IOException {
        ContentDigest held = add(store, tree("held"));
        var hold = new Hold(held.cid(), held.sha256(), Hold.Reason.PINNED, NOW);
        store.holds().add(hold);
        store.holds().add(hold);
        try (var again = new BlockStore(folder.resolve("store"), damage::add)) {
            assertThat(again.holds().all()).containsExactly(hold);
            assertThat(again.sweep(List.of(), NOW).contents()).isEmpty();
        }
        assertThat(store.get(raw("held"))).isPresent();
        assertThat(store.holds().remove(held.cid(), Hold.Reason.PUBLISHED)).isFalse();
        assertThat(store.holds().remove(held.cid(), Hold.Reason.PINNED)).isTrue();
        assertThat(store.holds().of(held.cid())).isEmpty();
        assertThat(store.sweep(List.of(), NOW).contents()).containsExactly(held.cid());
        assertThat(store.usedBytes()).isZero();
    }

    @Test
    void sweepKeepsABlockThatAnotherContentHasToo() throws IOException {
        ContentDigest stays = add(store, FileTree.of(List.of(file("other.txt", "both", false))));
        add(store, tree("both"));
        store.sweep(List.of(stays.sha256()), NOW);
        assertThat(store.get(raw("both"))).contains(Bytes.utf8("both"));
        assertThat(store.get(raw("#!/bin/sh\nboth"))).isEmpty();
        assertThat(damage).isEmpty();
    }

    @Test
    void whatCameOfAContentBeforeACrashIsStillThere() throws IOException {
        FileTree whole = tree("half");
        Cid root = ContentHasher.digest(whole, BlockSink.discard()).cid();
        try (StoreWriter writer = store.writer()) {
            ContentWriter content = writer.content();
            content.put(raw("half"), Bytes.utf8("half").buffer());
            content.keepPart(root, NOW);
            content.put(raw("lost"), Bytes.utf8("lost").buffer());
        }
        store.close();
        assertThat(store.get(raw("half"))).contains(Bytes.utf8("half"));
        assertThat(store.get(raw("lost"))).isEmpty();
        store.sweep(List.of(), NOW.plus(Duration.ofHours(23)));
        assertThat(store.get(raw("half"))).isPresent();

        ContentDigest digest = add(store, whole);
        store.sweep(List.of(digest.sha256()), NOW);
        assertThat(segments()).hasSize(1);
        assertThat(store.get(raw("half"))).isPresent();
        assertThat(damage).isEmpty();
    }

    @Test
    void sweepTakesAPartThatNeverBecameWhole() throws IOException {
        try (StoreWriter writer = store.writer()) {
            ContentWriter content = writer.content();
            content.put(raw("half"), Bytes.utf8("half").buffer());
            content.keepPart(raw("root"), NOW);
        }
        store.sweep(List.of(), NOW.plus(Duration.ofHours(25)));
        assertThat(store.get(raw("half"))).isEmpty();
        assertThat(segments()).isEmpty();
        assertThat(damage).isEmpty();
    }

    @Test
    void holdsUnderManyWritersAtOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<ContentDigest>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String text = "writer " + i;
                all.add(
                        threads.submit(() -> {
                            try (var own = new BlockStore(folder.resolve("store"), damage::add)) {
                                return add(own, tree(text));
                            }
                        }));
            }
            for (int i = 0; i < 16; i++) {
                all.get(i).get();
                assertThat(store.get(raw("writer " + i))).isPresent();
            }
        }
        assertThat(damage).isEmpty();
    }
}
