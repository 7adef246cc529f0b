package io.ggen.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class ArchitectureTest {
    private static final House HOUSE = House.open();
    private static final DescribedPredicate<JavaClass> OUTSIDE_APP =
            DescribedPredicate.describe(
                    "outside of app", type -> !HOUSE.moduleOf(type).startsWith("app/"));
    private static final Pattern VAGUE_NAME = Pattern.compile(".*(Impl|Manager|Utils|Helper)");

    @Test
    void everyModuleWasSeen() {
        Set<String> seen = new TreeSet<>();
        HOUSE.classes().forEach(type -> seen.add(HOUSE.moduleOf(type)));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(HOUSE.modules());
        assertThat(seen).contains("base", "content", "marketplace/core", "app/cli");
    }

    @Test
    void modulesKnowOnlyWhomTheyMay() {
        Set<String> broken = new TreeSet<>();
        dependencies()
                .filter(edge -> !Rooms.isWiring(HOUSE.moduleOf(edge.getOriginClass())))
                .filter(edge -> !allowed(edge))
                .forEach(edge -> broken.add(edge.getDescription()));
        assertThat(broken).isEmpty();
    }

    private static Stream<Dependency> dependencies() {
        return HOUSE.classes().stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    private static boolean allowed(Dependency edge) {
        return Rooms.mayKnow(
                HOUSE.moduleOf(edge.getOriginClass()), HOUSE.moduleOf(edge.getTargetClass()));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.ggen.(**)").should().beFreeOfCycles().check(HOUSE.classes());
    }

    @Test
    void librariesStayInTheirRooms() {
        onlyIn("org.apache.lucene..", "io.ggen.marketplace.core.search..");
        onlyIn(
                "java.sql..",
                "io.ggen.marketplace.core.store..",
                "io.ggen.libp2p.peerstore..",
                "io.ggen.libp2p.sqlite..",
                "io.ggen.libp2p.kad..",
                "io.ggen.marketplace.p2p..");
        onlyIn("org.tomlj..", "io.ggen.marketplace..");
        onlyIn("org.conscrypt..", "io.ggen.base..", "io.ggen.libp2p..");
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.databind..", "java.util.logging..")
                .check(HOUSE.classes());
    }

    private static void onlyIn(String library, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(HOUSE.classes());
    }

    @Test
    void consoleEnvironmentAndExitStayInApp() {
        noClasses()
                .that(OUTSIDE_APP)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "console")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(HOUSE.classes());
    }

    @Test
    void logicReadsNoClockOfItsOwn() {
        noClasses()
                .that(OUTSIDE_APP)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(HOUSE.classes());
    }

    @Test
    void filesAreOpenedThroughPathsOnly() {
        noClasses()
                .that(OUTSIDE_APP)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.io\\.(File(Input|Output)Stream|File(Reader|Writer)|RandomAccessFile)")
                .check(HOUSE.classes());
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        HOUSE.classes().stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .forEach(room -> unmarked.add(room.getName()));
        assertThat(unmarked).isEmpty();
    }

    @Test
    void noFutureStandsInASignature() {
        methods()
                .that()
                .areNotPrivate()
                .should(
                        new ArchCondition<JavaMethod>("not speak of futures") {
                            @Override
                            public void check(JavaMethod method, ConditionEvents events) {
                                if (signature(method)
                                        .anyMatch(t -> t.isAssignableTo(Future.class))) {
                                    events.add(
                                            SimpleConditionEvent.violated(
                                                    method, method.getDescription()));
                                }
                            }
                        })
                .check(HOUSE.classes());
    }

    private static Stream<JavaClass> signature(JavaMethod method) {
        return Stream.concat(
                Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream());
    }

    @Test
    void namesSayWhatThingsAre() {
        List<String> vague =
                HOUSE.classes().stream()
                        .map(JavaClass::getSimpleName)
                        .filter(name -> VAGUE_NAME.matcher(name).matches())
                        .toList();
        assertThat(vague).isEmpty();
    }
}
