package io.ggen.marketplace.p2p.catalogue;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.trust.Denial;
import io.ggen.marketplace.core.trust.DenyList;
import io.ggen.marketplace.core.trust.Pin;
import io.ggen.marketplace.core.trust.Trust;
import io.ggen.marketplace.core.trust.TrustStore;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.multiformats.Cid;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whom the user trusts and what the user's lists deny. Immutable. */
public final class Policy {
    private final DenyList denied;
    private final Set<Did> reserved = new HashSet<>();

    /** Makes a policy of {@code trust.toml} and {@code deny.toml}. */
    public Policy(Trust trust, DenyList denied) {
        this.denied = denied;
        trust.publishers().forEach(publisher -> reserved.add(publisher.did()));
        trust.pins().stream().map(Pin::publisher).forEach(reserved::add);
        trust.namespaces().forEach(binding -> binding.publisher().ifPresent(reserved::add));
    }

    /**
     * Reads that of a home.
     *
     * @throws io.ggen.marketplace.model.MarketplaceException VALIDATION with line and column
     */
    public static Policy read(Home home) {
        return new Policy(new TrustStore(home).read(), DenyList.read(home.deny()));
    }

    /** Returns the policy of a home in which nothing was said yet. */
    public static Policy open() {
        return new Policy(Trust.none(), DenyList.empty());
    }

    /** Returns whether there is reserved room for {@code publisher}: it is pinned or trusted. */
    boolean isReserved(Did publisher) {
        return reserved.contains(publisher);
    }

    /** Returns whether no list denies anything. */
    boolean deniesNothing() {
        return denied.isEmpty();
    }

    /** Returns why a record is not to be kept. */
    Optional<Denial> denial(SignedRecord signed) {
        Did publisher = signed.signedBy().publisher();
        return switch (signed) {
            case SignedRecord.OfRelease it ->
                    denial(it.release().id(), publisher, Optional.of(it.release().content().cid()));
            case SignedRecord.OfYank it -> denial(it.yank().id(), publisher, Optional.empty());
        };
    }

    Optional<Denial> denial(PackageId id, Did publisher, Optional<Cid> content) {
        return denied.denial(id, Optional.of(publisher), content);
    }
}
