package io.ggen.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

class FaultyFileSystemTest {
    private final FaultyFileSystem fileSystem = new FaultyFileSystem();

    @TempDir private Path real;
    private Path root = Path.of("");

    @BeforeEach
    void wrapTheFolder() {
        root = fileSystem.wrap(real);
    }

    @Test
    void behavesAsTheRealFileSystemWhileItIsWhole() throws IOException {
        Path folder = Files.createDirectories(root.resolve("a/b"));
        Path file = Files.writeString(folder.resolve("c.txt"), "text");
        Files.move(file, folder.resolve("d.txt"), StandardCopyOption.ATOMIC_MOVE);
        Files.copy(folder.resolve("d.txt"), folder.resolve("e.txt"));
        Files.setPosixFilePermissions(
                folder.resolve("e.txt"), PosixFilePermissions.fromString("rw-------"));
        Files.setLastModifiedTime(folder.resolve("e.txt"), FileTime.fromMillis(0));

        assertThat(real.resolve("a/b/d.txt")).hasContent("text");
        assertThat(folder.resolve("e.txt").toFile()).exists();
        assertThat(folder.resolve("../b").toRealPath()).isEqualTo(folder.toRealPath());
        try (Stream<Path> walk = Files.walk(root)) {
            assertThat(walk.map(root::relativize).map(Path::toString))
                    .contains("a", "a/b", "a/b/d.txt", "a/b/e.txt");
        }
        assertThat(Files.getLastModifiedTime(real.resolve("a/b/e.txt")).toMillis()).isZero();
    }

    @Test
    void countsEveryChangeAndNoReading() throws IOException {
        Path file = root.resolve("f");
        Files.writeString(file, "x");
        assertThat(fileSystem.operations()).containsExactly("create " + file, "write of 1 " + file);
        fileSystem.heal();
        assertThat(Files.readString(file)).isEqualTo("x");
        assertThat(Files.exists(file)).isTrue();
        assertThat(fileSystem.operations()).isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.createLink(root.resolve("g"), file);
        Files.deleteIfExists(root.resolve("absent"));
        Files.delete(file);
        assertThat(fileSystem.operations()).hasSize(3);
    }

    @Test
    void failsTheOperationAskedForAndOnlyThatOne() throws IOException {
        fileSystem.failAt(2, Fault.ERROR);
        Files.createDirectory(root.resolve("a"));
        assertThatThrownBy(() -> Files.createDirectory(root.resolve("b")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("injected");
        Files.createDirectory(root.resolve("c"));
        assertThat(real.resolve("b")).doesNotExist();
        assertThat(real.resolve("c")).exists();
        assertThat(fileSystem.injected()).isEqualTo(1);
    }

    @Test
    void afterACrashNothingChangesTheDisk() throws IOException {
        Files.writeString(root.resolve("kept"), "kept");
        fileSystem.failAt(1, Fault.CRASH);
        assertThatThrownBy(() -> Files.delete(root.resolve("kept")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Files.createFile(root.resolve("new")))
                .isInstanceOf(IOException.class);
        assertThat(Files.readString(root.resolve("kept"))).isEqualTo("kept");
        fileSystem.heal();
        Files.delete(root.resolve("kept"));
    }

    @Test
    void aFullDiskTakesHalfAWriteAndStillDeletes() throws IOException {
        Path file = root.resolve("f");
        fileSystem.failAt(2, Fault.NO_SPACE);
        assertThatThrownBy(() -> Files.writeString(file, "12345678"))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("No space left on device");
        assertThat(real.resolve("f")).hasContent("1234");
        assertThatThrownBy(() -> Files.createDirectory(root.resolve("d")))
                .isInstanceOf(FileSystemException.class);
        Files.delete(file);
        assertThat(real.resolve("f")).doesNotExist();
    }

    @Test
    void durableFilesAreWholeOrAbsentWhicheverOperationFails() throws IOException {
        Path file = root.resolve("deep/file");
        DurableFiles.write(file, Bytes.utf8("old"));
        for (Fault fault : Fault.values()) {
            int n = 1;
            do {
                fileSystem.failAt(n++, fault);
                try {
                    DurableFiles.write(file, Bytes.utf8("new"));
                } catch (IOException e) {
                    assertThat(e).hasMessageMatching("(?s).*(injected|No space).*");
                }
                assertThat(Files.readString(file)).isIn("old", "new");
            } while (fileSystem.injected() > 0);
            fileSystem.heal();
            DurableFiles.write(file, Bytes.utf8("old"));
        }
    }

    @Test
    void losesWhatWasNotForcedWhenPowerIsLost() throws IOException {
        DurableFiles.write(root.resolve("forced"), Bytes.utf8("stays"));
        DurableFiles.writeAtomically(root.resolve("lazy"), Bytes.utf8("goes"));
        try (FileChannel channel =
                FileChannel.open(root.resolve("forced"), StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap(new byte[10]));
        }
        assertThat(fileSystem.unforced()).hasSize(2);
        fileSystem.losePower();
        assertThat(real.resolve("forced")).hasContent("stays");
        assertThat(real.resolve("lazy")).isEmptyFile();
    }

    @Test
    void locksAndTransfersThroughItsChannels() throws IOException {
        Files.writeString(root.resolve("from"), "content");
        try (FileChannel from = FileChannel.open(root.resolve("from"), StandardOpenOption.READ);
                FileChannel to =
                        FileChannel.open(
                                root.resolve("to"),
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE);
                FileLock lock = to.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThat(from.transferTo(0, from.size(), to)).isEqualTo(7);
            fileSystem.failAt(1, Fault.ERROR);
            assertThatThrownBy(() -> to.force(true)).hasMessageContaining("injected");
        }
        assertThat(real.resolve("to")).hasContent("content");
    }
}
