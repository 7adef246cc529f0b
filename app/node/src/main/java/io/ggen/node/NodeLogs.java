package io.ggen.node;

import io.ggen.marketplace.core.network.Fields;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * The log of a node: one JSON object on a line of standard error for each message, with {@code at},
 * {@code level}, {@code logger}, {@code message} and, where something was thrown, {@code thrown}.
 * Silent in a process that hosts no node. {@code -Dggen.log=DEBUG} says more than the usual INFO.
 */
public final class NodeLogs extends System.LoggerFinder {
    private static volatile int least = Integer.MAX_VALUE;

    /** Lets messages through from now on. */
    static void begin() {
        String level = System.getProperty("ggen.log", "INFO").toUpperCase(Locale.ROOT);
        least = System.Logger.Level.valueOf(level).getSeverity();
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Lines(name);
    }

    private record Lines(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level != Level.OFF && level.getSeverity() >= least;
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String message,
                @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                System.err.println(
                        line(level, String.valueOf(message), Optional.ofNullable(thrown)));
            }
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object @Nullable ... parameters) {
            if (isLoggable(level)) {
                String message =
                        parameters == null || parameters.length == 0
                                ? String.valueOf(format)
                                : MessageFormat.format(String.valueOf(format), parameters);
                System.err.println(line(level, message, Optional.empty()));
            }
        }

        private String line(Level level, String message, Optional<Throwable> thrown) {
            Fields fields =
                    new Fields()
                            .put("at", Instant.now().toString())
                            .put("level", level.getName())
                            .put("logger", name)
                            .put("message", message);
            thrown.ifPresent(it -> fields.put("thrown", trace(it)));
            return FieldsJson.write(fields);
        }

        private static String trace(Throwable thrown) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
    }
}
