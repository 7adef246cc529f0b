package io.ggen.marketplace.model;

/** A text is not the JSON it should be; says where. */
public final class JsonFault extends IllegalArgumentException {
    private final int line;
    private final int column;

    JsonFault(String reason, int line, int column) {
        super(reason);
        this.line = line;
        this.column = column;
    }

    /** Returns the line, from 1. */
    public int line() {
        return line;
    }

    /** Returns the column, from 1. */
    public int column() {
        return column;
    }
}
