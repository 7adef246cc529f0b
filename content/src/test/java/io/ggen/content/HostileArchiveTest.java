package io.ggen.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.content.ContentException.Reason;
import io.ggen.testkit.RawTar;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.GZIPOutputStream;

/** One test for each attack on archives that the threat model names. */
final class HostileArchiveTest {
    private static final Bytes END = Bytes.wrap(new byte[1024]);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "a/../../x",
                "/etc/x",
                "a\\..\\x",
                "C:/x",
                "./../x",
                "a/./x",
                "..",
                "a//x"
            })
    void pathTraversalIsRefused(String name) {
        assertRefused(Reason.UNSAFE_PATH, new RawTar().file(name, "x"));
        assertRefused(Reason.UNSAFE_PATH, new RawTar().pax("path", name).file("ok", "x"));
        assertRefused(Reason.UNSAFE_PATH, new RawTar().gnuLongName(name).file("ok", "x"));
    }

    @Test
    void nulInsideANameIsRefused() {
        assertRefused(
                Reason.MALFORMED,
                new RawTar().entry(RawTar.header("a").put(5, "evil"), Bytes.empty()));
        assertRefused(Reason.UNSAFE_PATH, new RawTar().pax("path", "a\0b").file("ok", ""));
    }

    @Test
    void symlinksAreRefused() {
        assertRefused(Reason.UNSUPPORTED_ENTRY, new RawTar().symlink("a", "/etc/passwd"));
        assertRefused(Reason.UNSUPPORTED_ENTRY, new RawTar().symlink("a", "b").file("a/x", "x"));
    }

    @Test
    void hardlinksAreRefused() {
        assertRefused(Reason.UNSUPPORTED_ENTRY, new RawTar().file("b", "").hardlink("a", "b"));
        assertRefused(
                Reason.UNSUPPORTED_ENTRY, new RawTar().gnuLongLink("x".repeat(120)).file("a", ""));
        assertRefused(Reason.MALFORMED, new RawTar().entry(RawTar.header("a").link("b"), END));
    }

    @ParameterizedTest
    @ValueSource(chars = {'3', '4', '6', '7', 'S', 'D', 'M', 'V', 'N', 'A', 'X', '9', '\u00ff'})
    void devicesPipesSparseAndUnknownEntriesAreRefused(char type) {
        assertRefused(
                Reason.UNSUPPORTED_ENTRY,
                new RawTar().entry(RawTar.header("a").type(type), Bytes.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0004755", "0002755", "0001755", "0120777", "0040644"})
    void setuidAndOtherSpecialModesAreRefused(String mode) {
        assertRefused(
                Reason.UNSUPPORTED_ENTRY,
                new RawTar().entry(RawTar.header("a").mode(mode), Bytes.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SCHILY.xattr.user.x",
                "LIBARCHIVE.xattr.user.x",
                "GNU.sparse.major",
                "GNU.sparse.name",
                "linkpath",
                "hdrcharset",
                "unknown"
            })
    void xattrsSparseMapsAndLinkPathsInPaxHeadersAreRefused(String key) {
        assertRefused(Reason.UNSUPPORTED_ENTRY, new RawTar().pax(key, "1").file("a", ""));
    }

    @Test
    void globalHeadersThatChangeAnythingAreRefused() {
        assertRefused(Reason.UNSUPPORTED_ENTRY, new RawTar().globalPax("path", "x").file("a", ""));
        assertRefused(Reason.UNSUPPORTED_ENTRY, new RawTar().globalPax("size", "9").file("a", ""));
        assertRefused(Reason.UNSUPPORTED_ENTRY, new RawTar().globalPax("linkpath", "x"));
    }

    @Test
    void duplicateNamesAreRefused() {
        assertRefused(Reason.COLLISION, new RawTar().file("a", "1").file("a", "2"));
        assertRefused(Reason.COLLISION, new RawTar().file("a", "1").file("./a", "2"));
        assertRefused(Reason.COLLISION, new RawTar().directory("a/").file("a", "2"));
        assertRefused(Reason.COLLISION, new RawTar().directory("a/").directory("a"));
    }

    @Test
    void caseAndNormalizationCollisionsAreRefused() {
        assertRefused(Reason.COLLISION, new RawTar().file("a/B", "1").file("A/b", "2"));
        assertRefused(Reason.UNSAFE_PATH, new RawTar().file("e\u0301", "1"));
        assertRefused(Reason.UNSAFE_PATH, new RawTar().file("a\u202Etxt.exe", "1"));
        assertRefused(Reason.UNSAFE_PATH, new RawTar().file("aux.c", "1"));
    }

    @Test
    void paxSizeTricksAreRefused() {
        assertRefused(Reason.MALFORMED, new RawTar().pax("size", "0").file("a", "content"));
        assertRefused(Reason.MALFORMED, new RawTar().pax("size", "-1").file("a", ""));
        assertRefused(
                Reason.MALFORMED, new RawTar().pax("size", "99999999999999999999").file("a", ""));
        assertRefused(
                Reason.MALFORMED, new RawTar().pax("path", "b").pax("size", "1").file("a", "1"));
        assertRefused(
                Reason.UNSUPPORTED_ENTRY, new RawTar().pax("path", "b", "path", "c").file("a", ""));
        assertRefused(
                Reason.MALFORMED, new RawTar().pax("path", "b").gnuLongName("c").file("a", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9 path=a",
                "8 path=a\n",
                "11 path=a\n",
                "09 path=a\n",
                "path=a\n",
                "7 =aaa\n",
                "6 path\n",
                "999999999999 path=a\n",
                "9 path=a\n0"
            })
    void malformedPaxRecordsAreRefused(String records) {
        assertRefused(
                Reason.MALFORMED,
                new RawTar().extended('x', "pax", Bytes.utf8(records)).file("a", ""));
    }

    @Test
    void anExtendedHeaderWithoutEntryIsRefused() {
        assertRefused(Reason.MALFORMED, new RawTar().file("b", "").pax("path", "a"));
    }

    @Test
    void badChecksumsAndMagicAreRefused() {
        assertRefused(
                Reason.MALFORMED,
                new RawTar().entry(RawTar.header("a").checksum("0000000"), Bytes.empty()));
        assertRefused(
                Reason.MALFORMED,
                new RawTar().entry(RawTar.header("a").magic("zstar"), Bytes.empty()));
        assertRefused(
                Reason.MALFORMED,
                new RawTar().entry(RawTar.header("a").put(505, "x"), Bytes.empty()));
    }

    @Test
    void negativeHugeAndFalseSizesAreRefused() {
        Bytes base256 = Bytes.fromHex("80000000ffffffffffffffff");
        assertRefused(
                Reason.MALFORMED,
                new RawTar().entry(RawTar.header("a").rawSize(base256), Bytes.empty()));
        assertRefused(
                Reason.MALFORMED,
                new RawTar()
                        .entry(
                                RawTar.header("a").rawSize(Bytes.utf8("-0000000001\0")),
                                Bytes.empty()));
        assertRefused(
                Reason.LIMIT,
                new RawTar().entry(RawTar.header("a").size(8_000_000_000L), Bytes.empty()));
        assertRefused(Reason.MALFORMED, new RawTar().entry(RawTar.header("a").size(5000), END));
        assertRefused(
                Reason.MALFORMED,
                new RawTar().entry(RawTar.header("a/").type('5').size(5), Bytes.utf8("12345")));
    }

    @Test
    void aFolderDisguisedAsAFileIsRefused() {
        assertRefused(Reason.UNSAFE_PATH, new RawTar().file("a/", ""));
    }

    @Test
    void aPrefixInAGnuHeaderIsRefused() {
        assertRefused(
                Reason.MALFORMED,
                new RawTar()
                        .entry(RawTar.header("a").magic("ustar  ").prefix("evil"), Bytes.empty()));
    }

    @Test
    void truncationAnywhereIsRefused() {
        Bytes whole = new RawTar().file("a", "content").bytes();
        for (int length = 0; length < whole.length(); length += 97) {
            Bytes cut = whole.slice(0, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(ContentException.class);
        }
    }

    @Test
    void trailingGarbageIsRefused() {
        Bytes archive = new RawTar().file("a", "").bytes();
        assertRefused(Reason.MALFORMED, archive.concat(Bytes.utf8("x")));
        assertRefused(Reason.MALFORMED, archive.concat(archive));
        assertRefused(Reason.LIMIT, archive.concat(Bytes.wrap(new byte[(1 << 20) + 1])));
        assertRefused(
                Reason.MALFORMED,
                new RawTar().raw(Bytes.wrap(new byte[512])).file("a", "").bytes());
    }

    @Test
    void dataHiddenInPaddingIsRefused() {
        byte[] archive = new RawTar().file("a", "1").bytes().toArray();
        archive[1023] = 'x';
        assertRefused(Reason.MALFORMED, Bytes.wrap(archive));
    }

    @Test
    void aMillionEntriesAreStoppedWhileStreaming() {
        byte[] header = RawTar.header("x").bytes().toArray();
        long[] given = {0};
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        throw new AssertionError("read by blocks");
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        byte[] next =
                                RawTar.header("x" + given[0]++).bytes().slice(0, 512).toArray();
                        System.arraycopy(next, 0, into, offset, length);
                        return length;
                    }
                };
        assertThatThrownBy(() ->
                        TarIngest.readPlain(
                                endless,
                                ArchivePolicy.standard().withMaxEntries(1000),
                                BlockSink.discard(),
                                new MemoryBlocks()))
                .isInstanceOfSatisfying(
                        ContentException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.LIMIT));
        assertThat(given[0]).isLessThan(1010);
        assertThat(header).hasSize(512);
    }

    @Test
    void endlessExtendedHeadersAreStoppedWhileStreaming() {
        var tar = new RawTar();
        for (int i = 0; i < 40; i++) {
            tar.globalPax("comment", "x");
        }
        assertThatThrownBy(() ->
                        TarIngest.read(
                                tar.bytes().stream(),
                                ArchivePolicy.standard().withMaxEntries(10),
                                BlockSink.discard()))
                .isInstanceOf(ContentException.class)
                .hasMessageContaining("headers");
        assertRefused(
                Reason.LIMIT,
                new RawTar().extended('x', "pax", Bytes.wrap(new byte[70_000])).file("a", ""));
    }

    @Test
    void moreContentThanThePolicyAllowsIsRefusedBeforeItIsRead() {
        Bytes archive = new RawTar().file("a", "12345").file("b", "12345").bytes();
        assertThatThrownBy(() ->
                        TarIngest.read(
                                archive.stream(),
                                ArchivePolicy.standard().withMaxUnpacked(9),
                                BlockSink.discard()))
                .isInstanceOfSatisfying(
                        ContentException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.LIMIT));
    }

    @Test
    void gzipBombsAreStoppedWhileStreaming() throws IOException {
        var policy = new ArchivePolicy(1L << 30, 1L << 30, 50_000, 100, 1 << 20);
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 8; i++) {
                gzip.write(zeros);
            }
        }
        var in = new GzipInput(Bytes.wrap(packed.toByteArray()).stream(), policy);
        assertThatThrownBy(() -> in.transferTo(java.io.OutputStream.nullOutputStream()))
                .isInstanceOfSatisfying(
                        ContentException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.LIMIT));
    }

    @Test
    void twoGzipMembersAndTrailingBytesAreRefused() {
        Bytes member = RawTar.gzip(new RawTar().file("a", "1").bytes());
        assertThat(unpack(member)).isEqualTo(new RawTar().file("a", "1").bytes());
        assertGzipRefused(member.concat(member));
        assertGzipRefused(member.concat(Bytes.utf8("x")));
        assertGzipRefused(Bytes.utf8("not gzip at all"));
        for (int length = 0; length < member.length(); length++) {
            assertGzipRefused(member.slice(0, length));
        }
    }

    @Test
    void damagedGzipIsRefused() {
        byte[] member = RawTar.gzip(Bytes.utf8("some text, some text")).toArray();
        for (int i = 10; i < member.length; i++) {
            byte[] damaged = member.clone();
            damaged[i] ^= 0x10;
            assertGzipRefused(Bytes.wrap(damaged));
        }
    }

    @Test
    void gzipReadsFromSlowStreams() throws IOException {
        Bytes content = Bytes.wrap(new byte[100_000]);
        Bytes member = RawTar.gzip(content);
        var slow =
                new SequenceInputStream(
                        member.slice(0, 5).stream(), member.slice(5, member.length()).stream());
        try (var in = new GzipInput(slow, ArchivePolicy.standard())) {
            assertThat(Bytes.wrap(in.readAllBytes())).isEqualTo(content);
        }
    }

    private static Bytes unpack(Bytes gzip) {
        try (var in = new GzipInput(gzip.stream(), ArchivePolicy.standard())) {
            return Bytes.wrap(in.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertGzipRefused(Bytes gzip) {
        assertThatThrownBy(() -> unpack(gzip)).isInstanceOf(ContentException.class);
    }

    private static void assertRefused(Reason reason, RawTar tar) {
        assertRefused(reason, tar.bytes());
    }

    private static void assertRefused(Reason reason, Bytes tar) {
        assertThatThrownBy(() -> read(tar))
                .isInstanceOfSatisfying(
                        ContentException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    private static void read(Bytes tar) throws IOException {
        var blocks = new MemoryBlocks();
        TarIngest.readPlain(tar.stream(), ArchivePolicy.standard(), blocks, blocks);
    }
}
