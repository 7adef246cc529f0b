package io.ggen.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;

final class CanonicalTarTest {
    @Test
    void writesUstarHeadersOfFixedOwnersModesAndTimes() throws IOException {
        Bytes tar = Trees.tar(Trees.tree(Trees.executable("bin/x", "abc"), Trees.file("y", "")));
        assertThat(tar.length()).isEqualTo(512 + 512 + 512 + 512 + 1024);
        assertThat(text(tar, 0, 4)).isEqualTo("bin/");
        assertThat(text(tar, 100, 8)).isEqualTo("0000755\0");
        assertThat(text(tar, 108, 8)).isEqualTo("0000000\0");
        assertThat(text(tar, 512 + 124, 12)).isEqualTo("00000000003\0");
        assertThat(text(tar, 512 + 136, 12)).isEqualTo("00000000000\0");
        assertThat(text(tar, 512 + 156, 1)).isEqualTo("0");
        assertThat(text(tar, 512 + 257, 8)).isEqualTo("ustar\00000");
        assertThat(text(tar, 1536 + 100, 8)).isEqualTo("0000644\0");
    }

    @Test
    void splitsALongNameAtTheLeftmostSlashThatFits() throws IOException {
        String path = "a/" + "b".repeat(60) + "/" + "c".repeat(60);
        Bytes tar = Trees.tar(Trees.tree(Trees.file(path, "")));
        int header = 2 * 512;
        assertThat(text(tar, header, 61)).isEqualTo("c".repeat(60) + "\0");
        assertThat(text(tar, header + 345, 63)).isEqualTo("a/" + "b".repeat(60) + "\0");
        String short99 = "a/" + "b".repeat(99);
        tar = Trees.tar(Trees.tree(Trees.file(short99, "")));
        assertThat(text(tar, 512, 99)).isEqualTo("b".repeat(99));
        assertThat(text(tar, 512 + 345, 2)).isEqualTo("a\0");
    }

    /** The PAX header is part of the content's identity: this file must never change. */
    @Test
    void writesThePaxRecordOfTheGoldenFile() throws IOException {
        Bytes tar = Trees.tar(Trees.tree(Trees.file("é".repeat(60) + "/" + "x".repeat(101), "!")));
        try (InputStream golden = CanonicalTarTest.class.getResourceAsStream("pax-header.golden")) {
            assertThat(golden).isNotNull();
            assertThat(lines(tar)).isEqualTo(Bytes.wrap(golden.readAllBytes()).utf8());
        }
    }

    @Test
    void knowsItsLength() throws IOException {
        FileTree tree = Trees.tree(Trees.file("x".repeat(200), "123"), Trees.file("a/b", ""));
        assertThat(CanonicalTar.length(tree)).isEqualTo(Trees.tar(tree).length());
    }

    private static String text(Bytes tar, int from, int length) {
        return tar.slice(from, from + length).utf8();
    }

    /** Returns a line of hexadecimal digits for each block, without the zeros at its end. */
    private static String lines(Bytes tar) {
        var text = new StringBuilder();
        for (int at = 0; at < tar.length(); at += TarHeader.BLOCK) {
            String hex = tar.slice(at, at + TarHeader.BLOCK).hex();
            int end = hex.length();
            while (end > 0 && hex.startsWith("00", end - 2)) {
                end -= 2;
            }
            text.append(hex, 0, end).append('\n');
        }
        return text.toString();
    }
}
