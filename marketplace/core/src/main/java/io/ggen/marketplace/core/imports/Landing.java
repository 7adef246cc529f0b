package io.ggen.marketplace.core.imports;

import io.ggen.marketplace.model.Fault;

import java.util.List;

/** What became of one package that an importer wanted published. */
public sealed interface Landing {
    /** It is in the registry and was not before. */
    record Created() implements Landing {}

    /** It was there already, with the same content. */
    record Unchanged() implements Landing {}

    /** It cannot be published: every fault at once. */
    record Refused(List<Fault> faults) implements Landing {}
}
