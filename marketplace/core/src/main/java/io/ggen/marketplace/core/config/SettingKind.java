package io.ggen.marketplace.core.config;

import io.ggen.base.ByteSize;

/** What a setting's value looks like. Each kind checks a text and says how it stands in TOML. */
public enum SettingKind {
    /** Any text. */
    TEXT("a text") {
        @Override
        void check(String text) {
            // every text will do
        }
    },
    /** A path; {@code ~/} is the user's home. */
    PATH("a path") {
        @Override
        void check(String text) {
            if (text.isBlank() || text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("an empty path");
            }
        }
    },
    /** A whole number, zero or more. */
    WHOLE("a whole number") {
        @Override
        void check(String text) {
            if (Long.parseLong(text) < 0) {
                throw new IllegalArgumentException("a number below zero");
            }
        }
    },
    /** A number from 0 to 1. */
    FRACTION("a number from 0 to 1") {
        @Override
        void check(String text) {
            double value = Double.parseDouble(text);
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("outside of 0 to 1");
            }
        }
    },
    /** True or false. */
    SWITCH("true or false") {
        @Override
        void check(String text) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("neither true nor false");
            }
        }
    },
    /** A size such as {@code 10GiB}. */
    SIZE("a size like \"10GiB\"") {
        @Override
        void check(String text) {
            ByteSize.parse(text);
        }
    },
    /** A rate such as {@code 5MiB/s}. */
    RATE("a rate like \"5MiB/s\"") {
        @Override
        void check(String text) {
            if (!text.endsWith("/s")) {
                throw new IllegalArgumentException("no /s at the end");
            }
            ByteSize.parse(text.substring(0, text.length() - 2));
        }
    },
    /** A duration such as {@code 3d}. */
    DURATION("a duration like \"3d\"") {
        @Override
        void check(String text) {
            Durations.parse(text);
        }
    },
    /** A list of texts. */
    TEXTS("a list of texts") {
        @Override
        void check(String text) {
            // every text will do
        }
    };

    private final String description;

    SettingKind(String description) {
        this.description = description;
    }

    /** Throws IllegalArgumentException where {@code text} is no such value. */
    abstract void check(String text);

    /** Returns what such a value is called, for messages. */
    public String description() {
        return description;
    }

    /** Returns whether a value stands in TOML without quotes. */
    public boolean isBare() {
        return this == WHOLE || this == FRACTION || this == SWITCH;
    }
}
