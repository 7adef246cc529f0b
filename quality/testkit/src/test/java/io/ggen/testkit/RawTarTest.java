package io.ggen.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

class RawTarTest {
    @TempDir private Path folder;

    @Test
    void theSystemsTarReadsWhatIsSound() throws IOException, InterruptedException {
        String longName = "deep/" + "n".repeat(120);
        Bytes tar =
                new RawTar()
                        .directory("deep/")
                        .file("deep/a", "content of a")
                        .pax("path", longName)
                        .file("short", "long named")
                        .symlink("link", "deep/a")
                        .bytes();
        Files.write(folder.resolve("a.tgz"), RawTar.gzip(tar).toArray());
        Process process =
                new ProcessBuilder("tar", "-xzf", "a.tgz").directory(folder.toFile()).start();
        assertThat(process.waitFor(Duration.ofSeconds(20))).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(folder.resolve("deep/a")).hasContent("content of a");
        assertThat(folder.resolve(longName)).hasContent("long named");
        assertThat(TempTree.picture(folder)).containsEntry("link", "link deep/a");
    }

    @Test
    void checksumsAreComputedUnlessGiven() {
        assertThat(RawTar.header("x").checksum("bad").bytes().slice(148, 151).utf8())
                .isEqualTo("bad");
        assertThat(new RawTar().file("a", "b").bytes().length()).isEqualTo(4 * RawTar.RECORD);
    }

    @Test
    void picturesShowContentModeAndBitFlips() {
        TempTree tree = TempTree.in(folder.resolve("t")).file("f", "text").executable("x/run", "#");
        var before = TempTree.picture(tree.root());
        assertThat(before.get("x/run")).startsWith("rwxr-xr-x");
        tree.flipBit("f", 3);
        assertThat(TempTree.picture(tree.root())).isNotEqualTo(before);
        tree.flipBit("f", 3);
        assertThat(TempTree.picture(tree.root())).isEqualTo(before);
    }

    @Test
    void aManualClockMovesWhenTold() {
        ManualClock clock = ManualClock.fixed();
        clock.advance(Duration.ofHours(1));
        assertThat(clock.instant()).hasToString("2026-01-01T01:00:00Z");
        clock.set(clock.instant().minusSeconds(1));
        assertThat(clock.instant()).hasToString("2026-01-01T00:59:59Z");
    }
}
