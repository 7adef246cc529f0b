package io.ggen.marketplace.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.Query;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Several processes publish at once, some are killed: everything that was acknowledged is there.
 */
final class ManyProcessesTest {
    private static final int PACKAGES = 6;

    @TempDir Path directory;

    /** Publishes packages of its own until it is done. */
    static final class Publisher {
        private Publisher() {}

        public static void main(String[] arguments) {
            int number = Integer.parseInt(arguments[1]);
            TestPublisher publisher = TestPublisher.number(number);
            Fixture fixture = new Fixture(Path.of(arguments[0]));
            ProcessLock.Patience patience = new ProcessLock.Patience(10, Duration.ofSeconds(5));
            try (FileRegistry registry = fixture.open(patience)) {
                for (int i = 0; i < PACKAGES; i++) {
                    publisher.release("p" + number + "-" + i, "1.0.0").publishIn(registry);
                    System.out.println("p" + number + "-" + i);
                }
            }
        }
    }

    private Process start(int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Publisher.class.getName(),
                        directory.toString(),
                        Integer.toString(number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void loseNothingOfEachOther() throws Exception {
        List<Process> running = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            running.add(start(number));
        }
        int acknowledged = 0;
        for (Process process : running) {
            acknowledged += process.inputReader().readAllLines().size();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        Fixture fixture = new Fixture(directory);
        assertThat(acknowledged).isEqualTo(4 * PACKAGES);
        assertThat(fixture.listed()).hasSize(4 * PACKAGES);
        try (FileRegistry registry = fixture.open()) {
            assertThat(registry.search(Query.of("", 1)).total()).isEqualTo(4 * PACKAGES);
        }
    }

    @Test
    void keepWhatAKilledOneHadAcknowledged() throws Exception {
        Process process = start(1);
        List<String> acknowledged = new ArrayList<>();
        try (var lines = process.inputReader()) {
            acknowledged.add(lines.readLine());
            acknowledged.add(lines.readLine());
            process.destroyForcibly().waitFor();
        }

        Fixture fixture = new Fixture(directory);
        fixture.publish(TestPublisher.number(2).release("next", "1.0.0"));
        try (FileRegistry registry = fixture.open()) {
            for (String id : acknowledged) {
                assertThat(registry.exists(Fixture.ref(id))).isTrue();
            }
        }
        assertThat(fixture.listed()).containsAll(acknowledged).contains("next");
    }
}
