package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;

/** A JSON array of arrays, for SQLite's {@code json_each}. */
final class JsonRows {
    private final StringBuilder text = new StringBuilder("[");
    private boolean inRow;

    JsonRows row() {
        if (inRow) {
            text.append("],");
        }
        text.append('[');
        inRow = true;
        return this;
    }

    JsonRows hex(Bytes bytes) {
        return raw('"' + bytes.hex() + '"');
    }

    /**
     * Adds a text of letters, digits and signs that need no escaping: ids, versions, CIDs, DIDs.
     */
    JsonRows text(String value) {
        return raw('"' + value + '"');
    }

    JsonRows number(long value) {
        return raw(Long.toString(value));
    }

    private JsonRows raw(String value) {
        if (text.charAt(text.length() - 1) != '[') {
            text.append(',');
        }
        text.append(value);
        return this;
    }

    String text() {
        return text + (inRow ? "]]" : "]");
    }
}
