package io.ggen.marketplace.core.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Processes that are killed at any moment, and several that work at once. */
class KillTest {
    @TempDir private Path folder;

    @Test
    void aKilledProcessNeedsNoRepairByHand() throws Exception {
        int kills = Integer.getInteger("ggen.kills", 2);
        var random = new SplittableRandom(Property.seed());
        try (var shop = new Workshop(folder)) {
            RestlessProcess.stock(shop);
            shop.manifest("# nothing yet");
            for (int i = 0; i < kills; i++) {
                Process process = RestlessProcess.start(folder, 1_000_000);
                awaitReady(process);
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(400_000)));
                process.destroyForcibly().waitFor();
                shop.install();
                check(shop, "kill " + i + " of seed " + Property.seed());
            }
        }
    }

    private void awaitReady(Process process) throws IOException {
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertThat(line).as(errors()).isEqualTo("ready");
    }

    private String errors() throws IOException {
        return Bytes.wrap(Files.readAllBytes(folder.resolve("errors"))).utf8();
    }

    private static void check(Workshop shop, String what) {
        var verified = new Verification(shop.environment(), shop.inProject()).run(List.of(), false);
        assertThat(verified.exitStatus()).as(what + ": " + verified).isZero();
        for (String left : List.of(".new", ".old", ".transaction")) {
            assertThat(shop.installed(left)).as(what).doesNotExist();
        }
        assertThat(shop.said).noneMatch(line -> line.contains("a stored block"));
    }

    @Test
    void processesWorkOneAfterTheOtherOnOneProject() throws Exception {
        int count = Integer.getInteger("ggen.processes", 3);
        try (var shop = new Workshop(folder)) {
            RestlessProcess.stock(shop);
            shop.manifest("\"acme/ui\" = \"*\"");
            List<Process> processes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                processes.add(RestlessProcess.start(folder, 2));
            }
            for (Process process : processes) {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(errors()).isZero();
            }
            shop.install();
            check(shop, count + " processes");
        }
    }
}
