package io.ggen.libp2p.kad;

import java.util.Map;
import java.util.Optional;

/**
 * The validator of each namespace. Values of other namespaces are not valid.
 *
 * @param namespaces without their slashes
 */
public record Validators(Map<String, Validator> namespaces) implements Validator {
    /** Copies the map. */
    public Validators {
        namespaces = Map.copyOf(namespaces);
    }

    @Override
    public boolean isValid(KadRecord record) {
        return of(record).filter(validator -> validator.isValid(record)).isPresent();
    }

    @Override
    public int compare(KadRecord a, KadRecord b) {
        return of(a).orElseThrow().compare(a, b);
    }

    private Optional<Validator> of(KadRecord record) {
        return Namespaced.namespace(record.key()).map(namespaces::get);
    }
}
