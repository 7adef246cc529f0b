package io.ggen.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

final class ProcessLockTest {
    private static final ProcessLock.Patience SHORT =
            new ProcessLock.Patience(2, Duration.ofMillis(30));

    @TempDir private Path folder;

    @Test
    void aSecondHolderWaitsAndLearnsWhoHoldsIt() throws IOException {
        Path file = folder.resolve("locks/install");
        List<String> heard = new ArrayList<>();
        try (ProcessLock held = ProcessLock.acquire(file, SHORT, heard::add)) {
            assertThat(heard).isEmpty();
            assertThatThrownBy(() -> ProcessLock.acquire(file, SHORT, heard::add))
                    .isInstanceOf(ProcessLock.HeldException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        assertThat(heard).hasSize(2).allMatch(("process " + ProcessHandle.current().pid())::equals);
        ProcessLock.acquire(file, SHORT, heard::add).close();
        assertThat(heard).hasSize(2);
    }
}
