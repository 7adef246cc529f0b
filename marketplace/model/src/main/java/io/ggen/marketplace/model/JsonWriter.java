package io.ggen.marketplace.model;

import java.util.List;

/** Writes JSON without white space, members in the order they are added, absent ones left out. */
final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text = new StringBuilder(1024);
    private boolean first = true;

    JsonWriter begin() {
        text.append('{');
        first = true;
        return this;
    }

    JsonWriter end() {
        text.append('}');
        first = false;
        return this;
    }

    JsonWriter name(String name) {
        if (!first) {
            text.append(',');
        }
        first = true;
        quote(name);
        text.append(':');
        return this;
    }

    JsonWriter put(String name, String value) {
        name(name);
        quote(value);
        return done();
    }

    JsonWriter put(String name, long value) {
        name(name);
        text.append(value);
        return done();
    }

    JsonWriter put(String name, boolean value) {
        name(name);
        text.append(value);
        return done();
    }

    JsonWriter putUnlessEmpty(String name, String value) {
        return value.isEmpty() ? this : put(name, value);
    }

    JsonWriter putUnlessEmpty(String name, List<String> values) {
        if (values.isEmpty()) {
            return this;
        }
        name(name).beginList();
        for (String value : values) {
            element();
            quote(value);
        }
        return endList();
    }

    JsonWriter beginList() {
        text.append('[');
        return this;
    }

    /** Comes before every element of a list. */
    JsonWriter element() {
        if (text.charAt(text.length() - 1) != '[') {
            text.append(',');
        }
        return this;
    }

    JsonWriter endList() {
        text.append(']');
        return done();
    }

    private JsonWriter done() {
        first = false;
        return this;
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c < 0x20) {
                text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
