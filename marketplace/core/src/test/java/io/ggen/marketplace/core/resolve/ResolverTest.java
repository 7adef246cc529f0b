package io.ggen.marketplace.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResolverTest {
    private final World world = new World();

    @Test
    void takesTheNewestThatFits() {
        world.with("a 1.0.0", "b ^1").with("b 1.0.0").with("b 1.5.0").with("b 2.0.0");
        assertThat(world.solve("a *")).containsExactly("a 1.0.0", "b 1.5.0");
    }

    @Test
    void listsDependenciesBeforeWhatNeedsThem() {
        world.with("a 1.0.0", "b *", "c *").with("b 1.0.0", "c *").with("c 1.0.0");
        assertThat(world.resolve("a *").orThrow().packages())
                .extracting(ResolvedPackage::toString)
                .containsExactly("c@1.0.0", "b@1.0.0", "a@1.0.0");
    }

    @Test
    void avoidsAConflictByAnOlderVersion() {
        world.with("foo 1.0.0").with("foo 1.1.0", "bar ^2.0.0");
        world.with("bar 1.0.0").with("bar 1.1.0").with("bar 2.0.0");
        assertThat(world.solve("foo ^1.0.0", "bar ^1.0.0"))
                .containsExactly("bar 1.1.0", "foo 1.0.0");
    }

    @Test
    void solvesWithPartialSatisfiers() {
        world.with("foo 1.0.0").with("foo 1.1.0", "left ^1.0.0", "right ^1.0.0");
        world.with("left 1.0.0", "shared >=1.0.0").with("right 1.0.0", "shared <2.0.0");
        world.with("shared 1.0.0", "target ^1.0.0").with("shared 2.0.0");
        world.with("target 1.0.0").with("target 2.0.0");
        assertThat(world.solve("foo ^1.0.0", "target ^2.0.0"))
                .containsExactly("foo 1.0.0", "target 2.0.0");
    }

    @Test
    void keepsLockedVersionsWhileTheyFit() {
        world.with("a 1.0.0").with("a 1.1.0").with("b 1.0.0", "a *").with("b 1.1.0", "a ^1.1.0");
        ResolveRequest request = World.asking("a *", "b *");
        assertThat(world.solve(request.preferring(World.locks("a 1.0.0"))))
                .containsExactly("a 1.0.0", "b 1.0.0");
        assertThat(world.solve(request)).containsExactly("a 1.1.0", "b 1.1.0");
    }

    @Test
    void leavesOptionalOutWhenAbsent() {
        world.with("a 1.0.0", "?b *", "?c *").with("c 1.0.0");
        assertThat(world.solve("a *")).containsExactly("a 1.0.0", "c 1.0.0");
        assertThat(world.resolve("a *").orThrow().leftOut()).hasSize(1);
    }

    @Test
    void avoidsCycles() {
        world.with("a 1.0.0").with("a 2.0.0", "b *").with("b 1.0.0", "a *");
        assertThat(world.solve("a *")).containsExactly("a 1.0.0");
        assertThat(world.resolve("a ^2")).isInstanceOf(Resolution.Cycle.class);
    }
}
