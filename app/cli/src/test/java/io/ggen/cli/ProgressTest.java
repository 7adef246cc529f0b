package io.ggen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.core.Progress;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ManualClock clock = ManualClock.fixed();

    private Console console(String columns) {
        return new Console(
                new Surroundings(
                        Map.of("COLUMNS", columns),
                        Path.of(""),
                        new Surroundings.Streams(
                                InputStream.nullInputStream(),
                                OutputStream.nullOutputStream(),
                                err),
                        Surroundings.Terminal.none(),
                        clock),
                new Console.Manner(false, 0, false, Console.Colour.AUTO));
    }

    private String said(ProgressLines lines) {
        try (Progress.Task task = lines.start("fetching a package with a long name", 1000)) {
            for (int i = 0; i < 10; i++) {
                clock.advance(Duration.ofMillis(200));
                task.advance(100);
            }
        }
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void drawsNoLineThatWouldWrap() {
        String said = said(new ProgressLines(console("40"), clock, true));
        assertThat(said).contains("fetching a package");
        assertThat(said.split("\r\u001b\\[K", -1)).allMatch(line -> line.length() <= 39);
        assertThat(said).endsWith("\r\u001b[K");
    }

    @Test
    void saysRateAndRemainingTime() {
        assertThat(said(new ProgressLines(console("120"), clock, true)))
                .contains("[############------------] 500/1000  500/s  1s left");
    }

    @Test
    void drawsNothingWhereNoTerminalIs() {
        assertThat(said(new ProgressLines(console(""), clock, false))).isEmpty();
    }

    @Test
    void writesJsonLinesWhereTheyWereAskedFor() {
        String said = said(new ProgressLines(console(""), clock, false).asJson());
        assertThat(said.lines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("{\"schema\":\"ggen.progress/1\",\"label\":"));
        assertThat(said).doesNotContain("\u001b").contains("\"total\":1000");
    }
}
