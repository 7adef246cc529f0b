package io.ggen.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.content.ContentException.Reason;
import io.ggen.testkit.Property;
import io.ggen.testkit.RawTar;

import org.junit.jupiter.api.Test;

import java.io.IOException;

final class TarIngestTest {
    private static final ArchivePolicy POLICY = ArchivePolicy.standard();

    @Test
    void canonicalTarsGiveTheIdentityOfTheirTree() {
        Property.forAll(
                Trees.any(),
                60,
                tree -> {
                    var made = new MemoryBlocks();
                    ContentDigest digest = ContentHasher.digest(tree, made);
                    var taken = new MemoryBlocks();
                    Ingested ingested = TarIngest.read(Trees.tar(tree).stream(), POLICY, taken);
                    assertThat(ingested.digest()).isEqualTo(digest);
                    assertThat(ingested.isCanonical()).isTrue();
                    assertThat(taken.blocks).isEqualTo(made.blocks);
                });
    }

    @Test
    void takesPlainTarsInAnyOrderWithAnyOwnerAndTime() throws IOException {
        Bytes tar =
                new RawTar()
                        .globalPax("comment", "a commit")
                        .directory("./")
                        .file("./z/y", "1")
                        .directory("./z/")
                        .pax("path", "long/" + "n".repeat(120), "mtime", "1.5")
                        .file("cut", "2")
                        .gnuLongName("gnu/" + "g".repeat(120))
                        .entry(
                                RawTar.header("cut")
                                        .magic("ustar  ")
                                        .mode("0100775")
                                        .put(108, "0001750")
                                        .time(1_700_000_000)
                                        .size(1),
                                Bytes.utf8("3"))
                        .bytes()
                        .concat(Bytes.wrap(new byte[8192]));
        FileTree same =
                Trees.tree(
                        Trees.file("z/y", "1"),
                        Trees.file("long/" + "n".repeat(120), "2"),
                        Trees.executable("gnu/" + "g".repeat(120), "3"));
        var blocks = new MemoryBlocks();
        Ingested ingested = TarIngest.readPlain(tar.stream(), POLICY, blocks, blocks);
        assertThat(ingested.digest()).isEqualTo(ContentHasher.digest(same, BlockSink.discard()));
        assertThat(ingested.isCanonical()).isFalse();
        assertThat(ingested.digest().executables()).containsExactly("gnu/" + "g".repeat(120));
    }

    @Test
    void readsACanonicalTarInOnePassEvenWhenPlainOnesAreWelcome() throws IOException {
        FileTree tree = Trees.tree(Trees.file("a/b", "1"), Trees.executable("c", "22"));
        Ingested ingested =
                TarIngest.readPlain(
                        Trees.tar(tree).stream(),
                        POLICY,
                        BlockSink.discard(),
                        cid -> {
                            throw new AssertionError("a second pass");
                        });
        assertThat(ingested.digest()).isEqualTo(ContentHasher.digest(tree, BlockSink.discard()));
    }

    @Test
    void asksForTheCanonicalFormByteForByte() throws IOException {
        Bytes sound = Trees.tar(Trees.tree(Trees.file("a", "1"), Trees.file("b/c", "2")));
        TarIngest.read(sound.stream(), POLICY, BlockSink.discard());
        assertNotCanonical(new RawTar().file("a", "1").bytes());
        assertNotCanonical(sound.concat(Bytes.wrap(new byte[512])));
        assertNotCanonical(sound.slice(0, 1024).concat(sound.slice(1536, sound.length())));
        assertNotCanonical(
                sound.slice(1024, 2560)
                        .concat(sound.slice(0, 1024))
                        .concat(sound.slice(2560, sound.length())));
    }

    @Test
    void flippingAnyHeaderBitIsNoticed() throws IOException {
        byte[] sound = Trees.tar(Trees.tree(Trees.file("a", "1"))).toArray();
        for (int bit = 0; bit < 512 * 8; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() ->
                            TarIngest.read(
                                    Bytes.wrap(flipped).stream(), POLICY, BlockSink.discard()))
                    .isInstanceOf(ContentException.class);
        }
    }

    @Test
    void doesNotAllocateAChunkForASmallFile() throws IOException {
        var tar = new RawTar();
        for (int i = 0; i < 2000; i++) {
            tar.file("f" + i, "x");
        }
        Bytes bytes = tar.bytes();
        var thread =
                (com.sun.management.ThreadMXBean)
                        java.lang.management.ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        var blocks = new MemoryBlocks();
        TarIngest.readPlain(bytes.stream(), POLICY, blocks, blocks);
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(2000L * 64 * 1024);
    }

    private static void assertNotCanonical(Bytes tar) {
        assertThatThrownBy(() -> TarIngest.read(tar.stream(), POLICY, BlockSink.discard()))
                .isInstanceOfSatisfying(
                        ContentException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_CANONICAL));
    }
}
