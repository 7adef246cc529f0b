package io.ggen.marketplace.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExplanationTest {
    private final World world = new World();

    /** Checks the whole text and the hint behind its last line. */
    private void explains(String expected, String... requirements) {
        Resolution resolution = world.resolve(requirements);
        assertThat(resolution).isInstanceOf(Resolution.Failed.class);
        Explanation why = ((Resolution.Failed) resolution).explanation();
        assertThat(why.text() + "\nHint: " + why.hint() + "\n").isEqualTo(expected);
    }

    @Test
    void tellsOneLineOfReasoning() {
        world.with("foo 1.0.0", "bar ^2.0.0").with("foo 1.1.0", "bar ^2.0.0");
        world.with("bar 2.0.0", "baz ^3.0.0").with("baz 1.0.0").with("baz 3.0.0");
        explains(
                """
                Because every version of foo depends on bar ^2.0.0, which depends on baz \
                ^3.0.0, every version of foo needs baz 3.0.0.
                So, because baz ^1.0.0 and foo ^1.0.0 are required, no versions fit together.
                Hint: try baz@^3.0.0 instead of ^1.0.0
                """,
                "foo ^1.0.0",
                "baz ^1.0.0");
    }

    @Test
    void numbersLinesThatAreUsedLater() {
        world.with("foo 1.0.0", "a ^1.0.0", "b ^1.0.0").with("foo 1.1.0", "x ^1.0.0", "y ^1.0.0");
        world.with("a 1.0.0", "b ^2.0.0").with("b 1.0.0").with("b 2.0.0");
        world.with("x 1.0.0", "y ^2.0.0").with("y 1.0.0").with("y 2.0.0");
        explains(
                """
                Because foo 1.1.0 depends on x ^1.0.0, which depends on y ^2.0.0, and foo 1.1.0 \
                depends on y ^1.0.0, foo 1.1.0 cannot be used. (1)
                Because foo 1.0.0 depends on b ^1.0.0 and a ^1.0.0, which depends on b ^2.0.0, \
                foo 1.0.0 cannot be used.
                So, because foo 1.1.0 cannot be used (1) and foo ^1.0.0 is required, no \
                versions fit together.
                Hint: ask for other versions, or leave one of these packages out
                """,
                "foo ^1.0.0");
    }

    @Test
    void namesTheUnknownPackage() {
        explains(
                """
                No package foo is known.
                Hint: look for it with: ggen marketplace search foo
                """,
                "foo ^1.0.0");
    }

    @Test
    void namesWhoAsksForAnUnknownPackage() {
        world.with("a 1.0.0", "foo ^1");
        explains(
                """
                Because a 1.0.0 depends on foo ^1, which nobody publishes, and a ^1.0.0 is \
                required, no versions fit together.
                Hint: look for it with: ggen marketplace search foo
                """,
                "a ^1.0.0");
    }

    @Test
    void listsWhatIsAvailable() {
        world.with("a 1.0.0").with("a 1.2.0").with("a 2.0.0-rc.1");
        explains(
                """
                No version of a matches ^2.0.0.
                Hint: available versions of a: 2.0.0-rc.1, 1.2.0, 1.0.0; try a@^1.2.0
                """,
                "a ^2.0.0");
    }

    @Test
    void listsWhatIsAvailableToADependency() {
        world.with("a 1.0.0").with("b 1.0.0", "a ^2.0.0").with("b 1.1.0", "a ^2.0.0");
        explains(
                """
                Because every version of b depends on a ^2.0.0, which no version matches, and b \
                * is required, no versions fit together.
                Hint: available versions of a: 1.0.0
                """,
                "b *");
    }

    @Test
    void namesTheOptionForYankedVersions() {
        world.with("a 1.0.0").withYanked("a 1.2.0").withYanked("a 1.3.0");
        explains(
                """
                Because a 1.2.0 is yanked and a 1.2.0 is required, no versions fit together.
                Hint: try a@^1.0.0 instead of 1.2.0; --allow-yanked takes yanked versions
                """,
                "a 1.2.0");
    }

    @Test
    void printsACycleWhole() {
        world.with("a 1.0.0", "b *").with("b 1.0.0", "c ^1").with("b 1.1.0", "c ^1");
        world.with("c 1.0.0", "a *");
        explains(
                """
                A cycle of dependencies: a 1.0.0 -> b 1.0.0 -> c 1.0.0 -> a 1.0.0.
                No other versions avoid it.
                Hint: ask for other versions, or leave one of these packages out
                """,
                "a *");
    }

    @Test
    void saysWhyACycleCannotBeAvoided() {
        world.with("a 1.0.0").with("a 2.0.0", "b *").with("b 1.0.0", "a *");
        world.with("top 1.0.0", "a ^2");
        explains(
                """
                A cycle of dependencies: a 2.0.0 -> b 1.0.0 -> a 2.0.0.
                Because a depends on b and b depends on a, and top 1.0.0 depends on a ^2, which \
                depends on b *, top 1.0.0 cannot be used.
                So, because top * is required, no versions fit together.
                Hint: ask for other versions, or leave one of these packages out
                """,
                "top *");
    }

    @Test
    void tellsPublishersOfOneNameApart() {
        world.of(World.key(1), "leaf 1.0.0").of(World.key(2), "leaf 1.0.0");
        world.with("a 1.0.0", "leaf ^1 " + World.key(1));
        world.with("b 1.0.0", "leaf ^1 " + World.key(2));
        explains(
                """
                Because leaf (of z6MkfCNJ…UTTc8tLA) and leaf (of z6MkfGHb…XqWCtDes) are \
                different packages of one name, a 1.0.0 depends on leaf (of z6MkfCNJ…UTTc8tLA) \
                ^1 and b 1.0.0 depends on leaf (of z6MkfGHb…XqWCtDes) ^1, a 1.0.0 and b 1.0.0 \
                cannot be used together.
                So, because a * and b * are required, no versions fit together.
                Hint: ask for other versions, or leave one of these packages out
                """,
                "a *",
                "b *");
    }

    @Test
    void joinsTheRangesOfManyVersions() {
        for (int i = 0; i < 12; i++) {
            world.with("a 1." + i + ".0", "b ~2." + i).with("b 2." + i + ".0", "c ^1");
            world.with("c 1." + i + ".0").with("c 2." + i + ".0");
        }
        explains(
                """
                Because a >=1.3 depends on b ~2.3 or one of 8 other ranges, which depends on c \
                ^1, a >=1.3 needs c ^1.
                So, because a >=1.3 and c ^2 are required, no versions fit together.
                Hint: try c@^1.11.0 instead of ^2
                """,
                "a >=1.3",
                "c ^2");
    }

    @Test
    void suggestsAnotherRequirement() {
        world.with("ui 1.0.0", "icons ^1").with("ui 2.0.0", "icons ^2");
        world.with("icons 1.0.0").with("icons 2.0.0").with("menu 1.0.0", "icons ^2");
        explains(
                """
                Because menu 1.0.0 depends on icons ^2 and ui 1.0.0 depends on icons ^1, menu \
                1.0.0 and ui 1.0.0 cannot be used together.
                So, because menu * and ui ^1 are required, no versions fit together.
                Hint: try ui@^2.0.0 instead of ^1
                """,
                "ui ^1",
                "menu *");
    }

    @Test
    void shortensALongRow() {
        for (int i = 0; i < 9; i++) {
            world.with("p" + i + " 1.0.0", "p" + (i + 1) + " ^1");
        }
        world.with("p9 1.0.0").with("p9 2.0.0");
        explains(
                """
                Because p0 1.0.0 depends on p9 ^1 (by way of p1, p2, p3, p4, p5, p6, p7, p8), \
                and p0 * and p9 ^2 are required, no versions fit together.
                Hint: try p9@^1.0.0 instead of ^2
                """,
                "p0 *",
                "p9 ^2");
    }

    @Test
    void listsTheFactsOfALongProof() {
        for (int p = 0; p < 4; p++) {
            for (int h = 1; h <= 3; h++) {
                String other = "<" + h + ".0.0 || >" + h + ".0.0";
                String[] rest = new String[3 - p];
                for (int q = p + 1; q < 4; q++) {
                    rest[q - p - 1] = "p" + q + " " + other;
                }
                world.with("p" + p + " " + h + ".0.0", rest);
            }
        }
        explains(
                """
                No versions of these packages fit together: p0, p1, p2 and p3.
                - p0 * is required
                - p0 1.0.0 depends on p1 <1.0.0 || >1.0.0
                - p0 1.0.0 depends on p2 <1.0.0 || >1.0.0
                - p0 1.0.0 depends on p3 <1.0.0 || >1.0.0
                - p0 2.0.0 depends on p1 <2.0.0 || >2.0.0
                - p0 2.0.0 depends on p2 <2.0.0 || >2.0.0
                - p0 2.0.0 depends on p3 <2.0.0 || >2.0.0
                - p0 3.0.0 depends on p1 <3.0.0 || >3.0.0
                - p0 3.0.0 depends on p2 <3.0.0 || >3.0.0
                - p0 3.0.0 depends on p3 <3.0.0 || >3.0.0
                - and 9 facts more
                Hint: ask for other versions, or leave one of these packages out
                """,
                "p0 *",
                "p1 *",
                "p2 *",
                "p3 *");
    }

    @Test
    void saysWhyAnOptionalDependencyWasLeftOut() {
        world.with("a 1.0.0", "?b *", "c ^2").with("b 1.0.0", "c ^1").with("c 1.0.0");
        world.with("c 2.0.0");
        assertThat(world.resolve("a *").orThrow().leftOut())
                .extracting(LeftOut::reason)
                .containsExactly(
                        """
                        Because a 1.0.0 depends on c ^2 and b 1.0.0 depends on c ^1, a 1.0.0 and b \
                        1.0.0 cannot be used together.
                        So, because a * is required and b * is wanted, no versions fit together.\
                        """);
    }
}
