package io.ggen.marketplace.core.trust;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides whose package an id means. The first of these answers: {@code --publisher}, lockfile,
 * manifest, pin, trusted namespace, the only claimant that is known. Pure; thread-safe.
 *
 * <p>Where two of the first five name different keys the answer is SECURITY, whoever comes first:
 * neither a cloned lockfile nor a dependency can talk a pin away.
 */
public final class Ownership {
    private final Trust trust;

    /** Decides by what {@code trust} says. */
    public Ownership(Trust trust) {
        this.trust = trust;
    }

    /** Whose package it is, and who said so. */
    public sealed interface Decision {
        /**
         * The package of {@code publisher}; {@code saidBy} names the source for people, such as
         * {@code pin}.
         */
        record Owned(Did publisher, String saidBy) implements Decision {}

        /** Nobody is known to claim the id: it is unknown, or there are unsigned entries alone. */
        record Unclaimed() implements Decision {}
    }

    /**
     * Decides whose {@code id} is.
     *
     * @param claims whom the user and the project name
     * @param claimants who publishes the id as far as the registries know; asked only when nothing
     *     else answers
     * @throws MarketplaceException SECURITY where two sources name different keys, AMBIGUOUS_NAME
     *     where several claim the id and nothing chooses among them
     */
    public Decision decide(PackageId id, Claims claims, Supplier<List<Did>> claimants) {
        Map<String, Did> named = named(id, claims);
        refuseContradiction(id, named);
        if (!named.isEmpty()) {
            var first = named.entrySet().iterator().next();
            return new Decision.Owned(first.getValue(), first.getKey());
        }
        List<Did> known = claimants.get().stream().distinct().sorted().toList();
        List<Did> trusted = known.stream().filter(trust::trusts).toList();
        if (known.size() > 1 && trusted.size() == 1) {
            return new Decision.Owned(trusted.getFirst(), "trusted publisher");
        }
        return switch (known.size()) {
            case 0 -> new Decision.Unclaimed();
            case 1 -> new Decision.Owned(known.getFirst(), "only claimant");
            default -> throw ambiguous(id, known);
        };
    }

    private Map<String, Did> named(PackageId id, Claims claims) {
        Map<String, Did> named = new LinkedHashMap<>();
        put(named, "--publisher", claims.flag());
        put(named, "lockfile", claims.lockfile());
        put(named, "manifest", claims.manifest());
        put(named, "pin", trust.pinned(id));
        put(named, "namespace", trust.namespaceOwner(id));
        return named;
    }

    private static void put(Map<String, Did> named, String source, Optional<Did> did) {
        did.ifPresent(value -> named.put(source, value));
    }

    private static void refuseContradiction(PackageId id, Map<String, Did> named) {
        if (named.values().stream().distinct().count() <= 1) {
            return;
        }
        List<String> lines = new ArrayList<>();
        named.forEach((source, did) -> lines.add("  " + source + ": " + did));
        throw new MarketplaceException(
                ErrorCode.SECURITY,
                "Different keys are named for "
                        + id
                        + ", so it is not used:\n"
                        + String.join("\n", lines),
                "If you know the new key is right, change the source that is wrong: `ggen m trust list` shows pins and"
                        + " namespaces, `ggen m trust remove` takes one back.",
                Map.of("id", id.text()));
    }

    private MarketplaceException ambiguous(PackageId id, List<Did> known) {
        List<String> lines = new ArrayList<>();
        for (Did did : known) {
            lines.add("  ggen m install " + id + " --publisher " + did);
        }
        return new MarketplaceException(
                ErrorCode.AMBIGUOUS_NAME,
                known.size()
                        + " publishers claim the name "
                        + id
                        + ". Install the one you mean:\n"
                        + String.join("\n", lines),
                "`ggen m trust pin " + id + " DID` keeps your choice.",
                Map.of(
                        "id",
                        id.text(),
                        "publishers",
                        String.join(" ", known.stream().map(Did::text).toList())));
    }
}
