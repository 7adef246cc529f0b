package io.ggen.marketplace.core.imports;

import io.ggen.marketplace.model.Fault;

import java.nio.file.Path;

/** Where an entry stands; line and column 0 mean the whole file. */
record Place(String file, int line, int column) {
    static Place of(Path file) {
        return new Place(file.toString(), 0, 0);
    }

    Fault fault(String reason, String hint) {
        return new Fault(file, line, column, reason, hint);
    }
}
