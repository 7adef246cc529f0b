package io.ggen.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

class ManyProcessesTest {
    private static final int PROCESSES = 16;

    @TempDir private Path folder;

    @Test
    void sixteenProcessesShareOneStore() throws Exception {
        World world = new World(folder);
        world.write("1.0.0");
        world.publish();
        Path log = folder.resolve("log");
        List<Process> processes = new ArrayList<>();
        for (int number = 0; number < PROCESSES; number++) {
            processes.add(Processes.start(folder, "once", number, log));
        }
        for (Process process : processes) {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        }
        for (int number = 0; number < PROCESSES; number++) {
            Path project = folder.resolve("project" + number);
            Soundness.checkProject(project);
            assertThat(Soundness.installed(project)).hasSize(2);
        }
    }
}
