package io.ggen.cli;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.Progress;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Shows work on standard error: a line that is redrawn where it is a terminal, JSON lines where
 * they were asked for, nothing else. Work of less than a moment is not shown.
 */
final class ProgressLines implements Progress {
    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final Duration PACE = Duration.ofMillis(100);
    private static final int BAR = 24;

    private final Console console;
    private final InstantSource clock;
    private final boolean drawn;
    private final boolean json;

    ProgressLines(Console console, InstantSource clock, boolean drawn) {
        this(console, clock, drawn && !console.quiet(), false);
    }

    private ProgressLines(Console console, InstantSource clock, boolean drawn, boolean json) {
        this.console = console;
        this.clock = clock;
        this.drawn = drawn;
        this.json = json;
    }

    /** Returns the same in JSON lines. */
    ProgressLines asJson() {
        return new ProgressLines(console, clock, false, true);
    }

    @Override
    public Task start(String label, long total) {
        return drawn || json ? new Work(label, total) : Silent.INSTANCE;
    }

    @Override
    public void say(String message) {
        if (json) {
            Json line = new Json("ggen.progress/1").field("label", message);
            console.error(new Text(false).add(line.done()));
        } else {
            console.note(message);
        }
    }

    private final class Work implements Task {
        private final String label;
        private final long total;
        private final Instant began = clock.instant();
        private Instant shown = began;
        private long done;
        private boolean drew;

        Work(String label, long total) {
            this.label = label;
            this.total = total;
            if (json) {
                show(began);
            }
        }

        @Override
        public synchronized void advance(long amount) {
            done += amount;
            Instant now = clock.instant();
            if (Duration.between(began, now).compareTo(MOMENT) >= 0
                    && Duration.between(shown, now).compareTo(PACE) >= 0) {
                shown = now;
                show(now);
            }
        }

        private void show(Instant now) {
            if (json) {
                console.error(new Text(false).add(line(now)));
            } else {
                drew = true;
                console.error(new Text(false).raw("\r\u001b[K").add(fitting(bar(now))));
            }
        }

        /** A line that wraps could not be drawn over. */
        private String fitting(String line) {
            int most = console.width() - 1;
            return line.length() <= most ? line : line.substring(0, most);
        }

        private String line(Instant now) {
            return new Json("ggen.progress/1")
                    .field("label", label)
                    .field("done", done)
                    .field("total", total)
                    .field("elapsedMs", Duration.between(began, now).toMillis())
                    .done();
        }

        private String bar(Instant now) {
            double seconds = Math.max(0.001, Duration.between(began, now).toMillis() / 1000.0);
            double rate = done / seconds;
            if (total <= 0) {
                return label + "  " + count(done) + "  " + count((long) rate) + "/s";
            }
            int filled = (int) Math.min(BAR, BAR * done / total);
            long left = rate > 0 ? (long) ((total - done) / rate) : 0;
            return label
                    + " ["
                    + "#".repeat(filled)
                    + "-".repeat(BAR - filled)
                    + "] "
                    + count(done)
                    + "/"
                    + count(total)
                    + "  "
                    + count((long) rate)
                    + "/s  "
                    + left
                    + "s left";
        }

        private String count(long amount) {
            return total >= ByteSize.mib(1).bytes() || amount >= ByteSize.mib(1).bytes()
                    ? new ByteSize(Math.max(0, amount)).toString()
                    : Long.toString(amount);
        }

        @Override
        public synchronized void close() {
            if (json) {
                show(clock.instant());
            } else if (drew) {
                console.error(new Text(false).raw("\r\u001b[K"));
            }
        }
    }
}
