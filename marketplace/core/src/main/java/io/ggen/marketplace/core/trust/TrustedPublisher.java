package io.ggen.marketplace.core.trust;

import io.ggen.marketplace.model.Did;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A publisher whom the user trusts.
 *
 * @param petname the user's own name for it; empty when it has none
 * @param namespaces the scopes that belong to it
 */
public record TrustedPublisher(Did did, String petname, List<String> namespaces) {
    private static final Pattern PETNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Checks the petname: letters, digits and . _ - inside, at most 64. */
    public TrustedPublisher {
        if (!petname.isEmpty() && (!PETNAME.matcher(petname).matches() || petname.equals("self"))) {
            throw new IllegalArgumentException(
                    "a petname has letters, digits and . _ - inside, at most 64, and is not self");
        }
        namespaces = List.copyOf(namespaces);
    }
}
