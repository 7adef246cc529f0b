package io.ggen.cli;

import io.ggen.marketplace.core.config.Durations;

import java.time.Duration;
import java.util.Optional;

/** Reads numbers from options. */
final class Numbers {
    private Numbers() {}

    static int whole(Call call, String option, int otherwise, int least) {
        Optional<String> text = call.value(option);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(option, text.get(), "a whole number", e);
        }
        throw Arguments.usage(
                option + " is at least " + least + ", not " + text.get(), "give a larger number");
    }

    static double fraction(Call call, String option) {
        Optional<String> text = call.value(option);
        if (text.isEmpty()) {
            return 0;
        }
        try {
            double value = Double.parseDouble(text.get());
            if (value >= 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(option, text.get(), "a number from 0 to 1", e);
        }
        throw Arguments.usage(
                option + " is a number from 0 to 1, not " + text.get(), "give one, such as 0.5");
    }

    static Duration duration(Call call, String option, Duration otherwise) {
        try {
            return call.value(option).map(Durations::parse).orElse(otherwise);
        } catch (IllegalArgumentException e) {
            throw Arguments.usage(
                            option + " is a time such as 5m or 1h: " + e.getMessage(),
                            "correct the value")
                    .causedBy(e);
        }
    }

    private static RuntimeException wrong(
            String option, String text, String expected, NumberFormatException cause) {
        return Arguments.usage(
                        option + " is " + expected + ", not `" + text + "`", "correct the value")
                .causedBy(cause);
    }
}
