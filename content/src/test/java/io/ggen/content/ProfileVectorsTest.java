package io.ggen.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.multiformats.Cid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The published CIDs of the profile {@code unixfs-v1-2025} (IPIP-499). */
final class ProfileVectorsTest {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz01234567890-_";

    @Test
    void namesASmallFile() throws IOException {
        assertThat(fileCid("hello world".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
    }

    @Test
    void namesAnEmptyFile() throws IOException {
        assertThat(fileCid(new byte[0]))
                .isEqualTo("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
    }

    @Test
    void namesTheEmptyFolder() throws IOException {
        assertThat(ContentHasher.digest(FileTree.of(List.of()), BlockSink.discard()).cid())
                .hasToString("bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354");
    }

    @Test
    void keepsOneChunkInOneBlock() throws IOException {
        assertThat(fileCid(Keystream.bytes("chunk-v1-seed", 1 << 20)))
                .isEqualTo("bafkreiacndfy443ter6qr2tmbbdhadvxxheowwf75s6zehscklu6ezxmta");
    }

    @Test
    void cutsAFileOfOneByteMore() throws IOException {
        int size = (1 << 20) + 1;
        assertThat(fileCid(Keystream.bytes("chunk-v1-seed", size)))
                .isEqualTo("bafybeigmix7t42i6jacydtquhet7srwvgpizfg7gjbq7627d35mjomtu64");
    }

    @Test
    @EnabledIfSystemProperty(named = "slow", matches = "true", disabledReason = "hashes 2 GiB")
    void fillsOneNodeAndThenAddsALevel() throws IOException {
        long full = 1L << 30;
        assertThat(fileCid(Keystream.source("v1-2025-seed", full), full))
                .isEqualTo("bafybeihmf37wcuvtx4hpu7he5zl5qaf2ineo2lqlfrapokkm5zzw7zyhvm");
        assertThat(fileCid(Keystream.source("v1-2025-seed", full + 1), full + 1))
                .isEqualTo("bafybeibdsi225ugbkmpbdohnxioyab6jsqrmkts3twhpvfnzp77xtzpyhe");
    }

    @Test
    void keepsAFolderPlainUpToTheThreshold() throws IOException {
        assertThat(ContentHasher.digest(folder(21), BlockSink.discard()).cid())
                .hasToString("bafybeic3h7rwruealwxkacabdy45jivq2crwz6bufb5ljwupn36gicplx4");
    }

    @Test
    void shardsAFolderOneByteAboveTheThreshold() throws IOException {
        assertThat(ContentHasher.digest(folder(22), BlockSink.discard()).cid())
                .hasToString("bafybeiegvuterwurhdtkikfhbxcldohmxp566vpjdofhzmnhv6o4freidu");
    }

    /** 4,766 files that hold an x, with names of 11 characters and a last one of another length. */
    static FileTree folder(int lastLength) {
        byte[] stream = Keystream.bytes("hamt-unixfs-v1-2025", 1 << 20);
        List<TreeEntry> files = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < 4766; i++) {
            int length = i == 4765 ? lastLength : 11;
            var name = new StringBuilder();
            for (int j = 0; j < length; j++) {
                name.append(ALPHABET.charAt((stream[at + j] & 0xff) % ALPHABET.length()));
            }
            at += length;
            files.add(
                    new TreeEntry.RegularFile(
                            name.toString(), 1, false, ByteSource.of(Bytes.utf8("x"))));
        }
        return FileTree.of(files);
    }

    private static String fileCid(byte[] content) throws IOException {
        return fileCid(ByteSource.of(Bytes.wrap(content)), content.length);
    }

    private static String fileCid(ByteSource source, long size) throws IOException {
        List<Cid> cids = new ArrayList<>();
        var file = new TreeEntry.RegularFile("file", size, false, source);
        ContentHasher.digest(FileTree.of(List.of(file)), (cid, block) -> cids.add(cid));
        return cids.get(cids.size() - 2).toString();
    }
}
