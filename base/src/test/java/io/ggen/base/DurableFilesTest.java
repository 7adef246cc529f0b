package io.ggen.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

final class DurableFilesTest {
    @TempDir private Path folder;

    @Test
    void replacesAFileAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("new/folder/file");
        DurableFiles.write(file, Bytes.utf8("one"));
        DurableFiles.writeAtomically(file, Bytes.utf8("two"));
        assertThat(Files.readString(file)).isEqualTo("two");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aReplacedFileKeepsWhoMayReadItAndANewOneIsAsTheUserWishes() throws IOException {
        Path file = folder.resolve("f");
        Path plain = Files.writeString(folder.resolve("plain"), "made by the system");
        DurableFiles.write(file, Bytes.utf8("new"));
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(Files.getPosixFilePermissions(plain));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        DurableFiles.write(file, Bytes.utf8("newer"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aSecretIsForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("secret");
        DurableFiles.writeSecret(file, Bytes.utf8("x"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFailedWriteKeepsTheOldContentAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("target");
        Files.createDirectories(file.resolve("with"));
        Files.writeString(file.resolve("with/content"), "kept");
        assertThatThrownBy(() -> DurableFiles.write(file, Bytes.utf8("x")))
                .isInstanceOf(IOException.class);
        assertThat(file.resolve("with/content")).hasContent("kept");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
