package io.ggen.fuzz;

import io.ggen.content.ContentException;
import io.ggen.libp2p.Libp2pException;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.util.Optional;
import java.util.function.Supplier;

/** Tells refusing from failing. */
final class Verdict {
    private Verdict() {}

    /** Returns what {@code parser} gives, or nothing where it refused as documented. */
    static <T> Optional<T> of(Supplier<T> parser) {
        try {
            return Optional.of(parser.get());
        } catch (IllegalArgumentException | ContentException | Libp2pException e) {
            return refused(e);
        } catch (MarketplaceException e) {
            if (e.code() == ErrorCode.INTERNAL || e.hint().isBlank()) {
                throw new AssertionError("refused without a hint or as our own fault", e);
            }
            return refused(e);
        }
    }

    private static <T> Optional<T> refused(Exception e) {
        String message = e.getMessage();
        if (message == null || message.isBlank()) {
            throw new AssertionError("refused without a reason", e);
        }
        return Optional.empty();
    }

    /** Fails unless both are equal. */
    static void same(Object one, Object other) {
        if (!one.equals(other)) {
            throw new AssertionError("<" + one + "> is not <" + other + ">");
        }
    }
}
