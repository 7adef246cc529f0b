package io.ggen.node;

import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.util.HashMap;
import java.util.Map;

/** Errors as the API sends them, {@code ggen.error/1}, and back. */
final class ApiErrors {
    private ApiErrors() {}

    static Fields of(MarketplaceException error) {
        Fields details = new Fields();
        error.details().forEach(details::put);
        return new Fields()
                .put("code", error.code().name())
                .put("message", String.valueOf(error.getMessage()))
                .put("hint", error.hint())
                .put("details", details);
    }

    /** Returns the status of HTTP that comes nearest. */
    static int status(ErrorCode code) {
        return switch (code) {
            case PACKAGE_NOT_FOUND, NO_MATCHING_VERSION -> 404;
            case ALREADY_EXISTS, AMBIGUOUS_NAME -> 409;
            case USAGE, VALIDATION, SERIALIZATION, DEPENDENCY, CIRCULAR_DEPENDENCY -> 400;
            case PERMISSION_DENIED, SECURITY -> 403;
            case NETWORK, ALL_PROVIDERS_FAILED -> 502;
            case TIMEOUT -> 504;
            case LOCK_TIMEOUT -> 503;
            case STORAGE, INSUFFICIENT_SPACE -> 507;
            case INTERNAL -> 500;
        };
    }

    /** Reads an error; IllegalArgumentException where it is none. */
    static MarketplaceException read(Fields fields) {
        Map<String, String> details = new HashMap<>();
        Fields facts = fields.object("details");
        facts.values().keySet().forEach(name -> details.put(name, facts.text(name)));
        return new MarketplaceException(
                ErrorCode.valueOf(fields.text("code")),
                fields.text("message"),
                fields.text("hint"),
                details);
    }
}
