package io.ggen.marketplace.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What may be chosen, and what is preferred. */
class ResolverChoiceTest {
    private final World world = new World();

    @Test
    void takesAPreReleaseOnlyWhereTheRangeNamesOneOfItsTriple() {
        world.with("a 1.0.0").with("a 2.0.0-rc.1").with("a 2.0.0-rc.2").with("a 2.1.0-beta.1");
        assertThat(world.solve("a *")).containsExactly("a 1.0.0");
        assertThat(world.solve("a >=1.0.0")).containsExactly("a 1.0.0");
        assertThat(world.solve("a ^2.0.0-rc.1")).containsExactly("a 2.0.0-rc.2");
        assertThat(world.resolve("a ^2.0.0")).isInstanceOf(Resolution.NoMatch.class);
    }

    @Test
    void prefersAnOlderReleaseToANewerPreRelease() {
        world.with("a 1.0.0").with("a 1.1.0-rc.1");
        assertThat(world.solve("a >=1.0.0 || 1.1.0-rc.1")).containsExactly("a 1.0.0");
    }

    @Test
    void countsAPreReleaseInOnePlaceAndNotInAnother() {
        world.with("a 1.0.0").with("a 2.0.0-rc.1").with("b 1.0.0", "a >=2.0.0-rc.1");
        world.with("c 1.0.0", "a >=1.0.0");
        assertThat(world.solve("b *")).containsExactly("a 2.0.0-rc.1", "b 1.0.0");
        assertThat(world.resolve("b *", "c *")).isInstanceOf(Resolution.Conflict.class);
    }

    @Test
    void takesYankedVersionsOnlyWhereLockedOrAllowed() {
        world.with("a 1.0.0").withYanked("a 1.1.0");
        ResolveRequest request = World.asking("a ^1");
        assertThat(world.solve(request)).containsExactly("a 1.0.0");
        assertThat(world.solve(request.preferring(World.locks("a 1.1.0"))))
                .containsExactly("a 1.1.0");
        assertThat(world.solve(World.asking("a ^1.1").allowingYanked())).containsExactly("a 1.1.0");
        assertThat(world.solve(request.allowingYanked())).containsExactly("a 1.0.0");
    }

    @Test
    void movesALockedVersionOnlyWhereItMust() {
        world.with("a 1.0.0").with("a 1.1.0").with("a 1.2.0").with("b 1.0.0", "a >=1.1.0");
        Map<PackageRef, Version> locks = World.locks("a 1.0.0", "gone 1.0.0");
        assertThat(world.solve(World.asking("a *").preferring(locks))).containsExactly("a 1.0.0");
        assertThat(world.solve(World.asking("a *", "b *").preferring(locks)))
                .containsExactly("a 1.2.0", "b 1.0.0");
    }

    @Test
    void forgetsTheLocksOfWhatIsUpdated() {
        world.with("a 1.0.0").with("a 1.1.0").with("b 1.0.0").with("b 1.1.0");
        ResolveRequest request =
                World.asking("a *", "b *").preferring(World.locks("a 1.0.0", "b 1.0.0"));
        assertThat(world.solve(request.refreshing(List.of(new PackageId("a")))))
                .containsExactly("a 1.1.0", "b 1.0.0");
    }

    @Test
    void leavesOutWhatIsTooYoungUnlessItIsLocked() {
        world.with("a 1.0.0").with("a 1.1.0");
        Admission rule =
                (ref, listing) ->
                        listing.version().equals(Version.of(1, 1, 0))
                                ? Optional.of("is younger than 3 days")
                                : Optional.empty();
        ResolveRequest request = World.asking("a *").admitting(rule);
        assertThat(world.solve(request)).containsExactly("a 1.0.0");
        assertThat(world.solve(request.preferring(World.locks("a 1.1.0"))))
                .containsExactly("a 1.1.0");
        assertThat(world.resolve(World.asking("a 1.1.0").admitting(rule)))
                .extracting(failed -> ((Resolution.Failed) failed).explanation().text())
                .asString()
                .contains("a 1.1.0 is younger than 3 days");
    }

    @Test
    void refusesTwoPublishersOfOneId() {
        world.of(World.key(1), "leaf 1.0.0").of(World.key(2), "leaf 1.0.0");
        world.with("a 1.0.0", "leaf ^1 " + World.key(1));
        world.with("b 1.0.0", "leaf ^1 " + World.key(2));
        assertThat(world.solve("a *")).containsExactly("a 1.0.0", "leaf 1.0.0");
        assertThat(world.resolve("a *", "b *")).isInstanceOf(Resolution.Conflict.class);
    }

    @Test
    void avoidsAVersionThatAsksForAnotherPublisher() {
        world.of(World.key(1), "leaf 1.0.0").of(World.key(2), "leaf 1.0.0");
        world.with("a 1.0.0", "leaf ^1 " + World.key(1));
        world.with("b 1.0.0", "leaf ^1 " + World.key(1));
        world.with("b 2.0.0", "leaf ^1 " + World.key(2));
        assertThat(world.solve("a *", "b *")).containsExactly("a 1.0.0", "b 1.0.0", "leaf 1.0.0");
    }

    @Test
    void takesNoVersionOfAnotherPublisherThanAskedFor() {
        world.of(World.key(2), "leaf 1.0.0");
        assertThat(world.resolve("leaf * " + World.key(1))).isInstanceOf(Resolution.Unknown.class);
    }

    @Test
    void knowsAnIdWithoutPublisherAsItsOnlyClaimants() {
        world.of(World.key(1), "leaf 1.0.0").with("a 1.0.0", "leaf ^1 " + World.key(1));
        List<ResolvedPackage> packages = world.resolve("a *", "leaf *").orThrow().packages();
        assertThat(packages).hasSize(2);
        assertThat(packages.getFirst().ref().publisher()).contains(World.key(1));
    }

    @Test
    void leavesAnUnreachableOptionalDependencyOut() {
        world.with("a 1.0.0", "?b *").broken("b", failure(ErrorCode.NETWORK));
        Resolution.Solved solved = world.resolve("a *").orThrow();
        assertThat(solved.packages()).hasSize(1);
        assertThat(solved.leftOut().getFirst().reason()).isEqualTo("b is broken");
    }

    @Test
    void endsOnASecurityErrorOfAnOptionalDependency() {
        world.with("a 1.0.0", "?b *").broken("b", failure(ErrorCode.SECURITY));
        assertThatThrownBy(() -> world.resolve("a *"))
                .isInstanceOf(MarketplaceException.class)
                .hasMessage("b is broken");
    }

    @Test
    void takesAnOptionalDependencyWithWhatItNeeds() {
        world.with("a 1.0.0", "?b *").with("b 1.0.0", "c *", "?d *").with("c 1.0.0");
        world.with("d 1.0.0");
        assertThat(world.solve("a *")).containsExactly("a 1.0.0", "b 1.0.0", "c 1.0.0", "d 1.0.0");
        assertThat(world.solve(World.asking("a *").without(List.of(new PackageId("b")))))
                .containsExactly("a 1.0.0");
    }

    @Test
    void leavesOutAnOptionalDependencyThatClosesACycle() {
        world.with("a 1.0.0", "b *").with("b 1.0.0", "?a *");
        Resolution.Solved solved = world.resolve("a *").orThrow();
        assertThat(solved.packages()).hasSize(2);
        assertThat(solved.leftOut()).hasSize(1);
    }

    @Test
    void asksTheCatalogueOnceAndOnlyForWhatMatters() {
        world.with("a 1.0.0", "b ^2").with("a 2.0.0", "b ^1").with("b 1.0.0").with("b 2.0.0");
        assertThat(world.solve("a *")).containsExactly("a 2.0.0", "b 1.0.0");
        assertThat(world.asked)
                .containsExactly(
                        "versions of a",
                        "dependencies of a 2.0.0",
                        "versions of b",
                        "dependencies of b 1.0.0");
    }

    @Test
    void throwsTheCodeOfItsOutcome() {
        world.with("a 1.0.0", "a *").with("b 1.0.0", "c ^1").with("c 2.0.0");
        assertThat(code("x *")).isEqualTo(ErrorCode.PACKAGE_NOT_FOUND);
        assertThat(code("c ^1")).isEqualTo(ErrorCode.NO_MATCHING_VERSION);
        assertThat(code("b *")).isEqualTo(ErrorCode.DEPENDENCY);
        assertThat(code("a *")).isEqualTo(ErrorCode.CIRCULAR_DEPENDENCY);
    }

    private ErrorCode code(String requirement) {
        return ((Resolution.Failed) world.resolve(requirement)).exception().code();
    }

    private static MarketplaceException failure(ErrorCode code) {
        return new MarketplaceException(code, "b is broken", "try again");
    }
}
