package io.ggen.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Processes that publish, install, update and undo are killed at any moment ({@code kill -9}). The
 * next process finds everything whole after its first command. {@code -Dggen.kills=1000} kills as
 * often; {@code -Dggen.seed} chooses the moments.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("ggen.kills", 4);
    private static final int LONGEST_MILLIS = 600;

    @TempDir private Path folder;

    @Test
    void aKilledProcessLeavesNothingToMendByHand() throws Exception {
        SplittableRandom random = new SplittableRandom(Property.seed());
        for (int kill = 1; kill <= KILLS; kill++) {
            int millis = random.nextInt(LONGEST_MILLIS);
            killAfter(kill, millis);
        }
        World world = new World(folder.resolve("world"));
        Victim.recover(world);
        assertThat(Soundness.installed(world.project())).hasSize(2);
    }

    private void killAfter(int number, int millis) throws Exception {
        Path log = folder.resolve("log");
        Process victim = Processes.start(folder.resolve("world"), "forever", number, log);
        try (BufferedReader out = reader(victim)) {
            String first = out.readLine();
            assertThat(first)
                    .as("seed %d, kill %d: %s", Property.seed(), number, read(log))
                    .isEqualTo("ready");
            boolean ended = victim.waitFor(Duration.ofMillis(millis));
            assertThat(ended)
                    .as("seed %d, before kill %d: %s", Property.seed(), number, read(log))
                    .isFalse();
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String read(Path log) throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }
}
