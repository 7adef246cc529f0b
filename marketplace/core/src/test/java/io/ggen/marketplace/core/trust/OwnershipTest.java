package io.ggen.marketplace.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.marketplace.core.trust.Ownership.Decision;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class OwnershipTest {
    private static final Did ALICE = did(1);
    private static final Did BOB = did(2);
    private static final PackageId UI = new PackageId("acme/ui");

    private static Did did(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Did.of(Ed25519.fromSeed(Bytes.wrap(bytes)).publicKey());
    }

    private static Trust pinned(Did did) {
        return new Trust(List.of(), List.of(), List.of(new Pin(UI, did, Instant.EPOCH)));
    }

    private static Claims flag(Did did) {
        return new Claims(Optional.of(did), Optional.empty(), Optional.empty());
    }

    @Test
    void theOnlyClaimantOwnsAnUnknownName() {
        assertThat(new Ownership(Trust.none()).decide(UI, Claims.none(), () -> List.of(ALICE)))
                .isEqualTo(new Decision.Owned(ALICE, "only claimant"));
        assertThat(new Ownership(Trust.none()).decide(UI, Claims.none(), List::of))
                .isEqualTo(new Decision.Unclaimed());
    }

    @Test
    void severalClaimantsAreAmbiguousAndEachGetsAnInstallLine() {
        assertThatThrownBy(() ->
                        new Ownership(Trust.none())
                                .decide(UI, Claims.none(), () -> List.of(BOB, ALICE)))
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.AMBIGUOUS_NAME))
                .hasMessageContaining("--publisher " + ALICE)
                .hasMessageContaining("--publisher " + BOB);
    }

    @Test
    void aTrustedPublisherIsPreferredAmongClaimants() {
        var trust =
                new Trust(
                        List.of(new TrustedPublisher(BOB, "bob", List.of())), List.of(), List.of());
        assertThat(new Ownership(trust).decide(UI, Claims.none(), () -> List.of(ALICE, BOB)))
                .isEqualTo(new Decision.Owned(BOB, "trusted publisher"));
    }

    @Test
    void aNamespaceOwnerWinsWithoutAskingWhoClaims() {
        var trust =
                new Trust(
                        List.of(new TrustedPublisher(BOB, "", List.of("acme"))),
                        List.of(),
                        List.of());
        assertThat(
                        new Ownership(trust)
                                .decide(
                                        UI,
                                        Claims.none(),
                                        () -> {
                                            throw new AssertionError("asked");
                                        }))
                .isEqualTo(new Decision.Owned(BOB, "namespace"));
    }

    @Test
    void anotherKeyForAPinnedIdIsRefusedWhoeverNamesIt() {
        for (Claims claims :
                List.of(
                        flag(BOB),
                        new Claims(Optional.empty(), Optional.of(BOB), Optional.empty()),
                        new Claims(Optional.empty(), Optional.empty(), Optional.of(BOB)))) {
            assertThatThrownBy(() ->
                            new Ownership(pinned(ALICE)).decide(UI, claims, () -> List.of(BOB)))
                    .isInstanceOfSatisfying(
                            MarketplaceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.SECURITY));
        }
        assertThat(new Ownership(pinned(ALICE)).decide(UI, flag(ALICE), List::of))
                .isEqualTo(new Decision.Owned(ALICE, "--publisher"));
    }
}
