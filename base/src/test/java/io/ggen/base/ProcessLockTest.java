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

    @Test
    void waitingInVainWithinOneProcessTakesNothingFromTheHolder() throws Exception {
        Path file = folder.resolve("lock");
        try (ProcessLock held = ProcessLock.acquire(file, SHORT, holder -> {})) {
            assertThatThrownBy(() -> ProcessLock.acquire(file, SHORT, holder -> {}))
                    .isInstanceOf(ProcessLock.HeldException.class);
            assertThat(tryFromAnotherProcess(file)).isEqualTo(1);
            held.close();
            assertThat(tryFromAnotherProcess(file)).isZero();
        }
    }

    /** Returns 0 when another process gets the lock, 1 when it is held. */
    private static int tryFromAnotherProcess(Path file) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TryLock.class.getName(),
                        file.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** The other process. */
    static final class TryLock {
        public static void main(String[] args) throws IOException {
            try {
                ProcessLock.acquire(
                                Path.of(args[0]),
                                new ProcessLock.Patience(0, Duration.ZERO),
                                holder -> {})
                        .close();
            } catch (ProcessLock.HeldException e) {
                System.exit(1);
            }
        }
    }
}
