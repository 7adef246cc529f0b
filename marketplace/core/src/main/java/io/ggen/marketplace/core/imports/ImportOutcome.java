package io.ggen.marketplace.core.imports;

import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.util.List;

/**
 * What became of an import, in the order of the entries.
 *
 * @param imported what is in the registry now and was not before
 * @param unchanged what was there already, with the same content
 * @param rejected what is not in, and why
 * @param notes what was changed or left out to make an entry fit
 */
public record ImportOutcome(
        List<Entry> imported, List<Entry> unchanged, List<Fault> rejected, List<Fault> notes) {
    /** Copies the lists. */
    public ImportOutcome {
        imported = List.copyOf(imported);
        unchanged = List.copyOf(unchanged);
        rejected = List.copyOf(rejected);
        notes = List.copyOf(notes);
    }

    /** One version that is in, and the file that it came from. */
    public record Entry(PackageId id, Version version, String file) {}
}
