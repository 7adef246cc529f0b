package io.ggen.marketplace.core.install;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.VersionRange;

import java.util.Optional;

/** What a command line asks for: {@code id} or {@code id@range}. */
public record PackageSpec(PackageId id, Optional<VersionRange> range) {
    /** Reads a text; throws USAGE that says what is wrong with it. */
    public static PackageSpec parse(String text) {
        int sign = text.indexOf('@', 1);
        try {
            return new PackageSpec(
                    new PackageId(sign < 0 ? text : text.substring(0, sign)),
                    sign < 0
                            ? Optional.empty()
                            : Optional.of(VersionRange.parse(text.substring(sign + 1))));
        } catch (IllegalArgumentException e) {
            throw new MarketplaceException(
                            ErrorCode.USAGE,
                            "Not a package to install: " + e.getMessage(),
                            "Write id or id@range, such as acme/ui@^1.2.")
                    .causedBy(e);
        }
    }

    @Override
    public String toString() {
        return range.map(r -> id + "@" + r).orElse(id.text());
    }
}
