package io.ggen.marketplace.core.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.testkit.Fault;
import io.ggen.testkit.FaultyFileSystem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Every n-th operation of the disk fails in turn, within install, update and undo: the state is the
 * one before or the one after, the next command works, and everything verifies. One n of 17 by
 * default; {@code -Dggen.fault.stride=1} takes them all.
 */
class FaultTest {
    private final FaultyFileSystem disk = new FaultyFileSystem();

    @TempDir private Path real;

    /** A command, and what the project must look like without it and with it. */
    private record Scene(String name, Step before, Step command, Set<String> states) {}

    @FunctionalInterface
    private interface Step {
        void run(Workshop shop) throws IOException;
    }

    private static final List<Scene> SCENES =
            List.of(
                    new Scene(
                            "install",
                            shop -> shop.manifest("\"acme/ui\" = \"*\""),
                            Workshop::install,
                            Set.of("", "leaf@1.0.0 acme/ui@2.1.0")),
                    new Scene(
                            "update",
                            shop -> {
                                shop.manifest("\"acme/ui\" = \"*\"");
                                shop.install();
                                shop.publish("leaf", "1.1.0");
                            },
                            shop -> shop.installer().update(shop.change()),
                            Set.of("leaf@1.0.0 acme/ui@2.1.0", "leaf@1.1.0 acme/ui@2.1.0")),
                    new Scene(
                            "undo",
                            shop -> {
                                shop.manifest("leaf = \"*\"");
                                shop.install();
                                shop.add("acme/ui");
                            },
                            shop -> shop.installer().undo(shop.inProject(), Set.of()),
                            Set.of("leaf@1.0.0 acme/ui@2.1.0", "leaf@1.0.0")));

    @ParameterizedTest
    @EnumSource
    void leavesAStateBeforeOrAfterWhicheverOperationFails(Fault fault) throws IOException {
        int stride = Integer.getInteger("ggen.fault.stride", 29);
        for (Scene scene : SCENES) {
            boolean failed = true;
            for (int n = 1; failed; n += stride) {
                failed = attempt(scene, fault, n);
            }
        }
    }

    private boolean attempt(Scene scene, Fault fault, int n) throws IOException {
        Path folder = disk.wrap(real.resolve(scene.name() + fault + n));
        Files.createDirectory(folder);
        try (var shop = new Workshop(folder)) {
            shop.publish("leaf", "1.0.0");
            shop.publish("acme/ui", "2.1.0", "leaf@^1.0.0");
            scene.before().run(shop);
            disk.failAt(n, fault);
            boolean failed = false;
            try {
                scene.command().run(shop);
            } catch (MarketplaceException e) {
                failed = true;
                assertThat(e.code())
                        .as(e.toString())
                        .isIn(ErrorCode.STORAGE, ErrorCode.INSUFFICIENT_SPACE);
            }
            boolean injected = disk.injected() > 0;
            disk.heal();
            check(scene, shop, scene.name() + " with " + fault + " at " + n + ": ", failed);
            return injected;
        } finally {
            disk.heal();
            Trees.delete(real.resolve(scene.name() + fault + n));
        }
    }

    private static void check(Scene scene, Workshop shop, String what, boolean failed)
            throws IOException {
        // whoever comes next mends what a crash left
        shop.installer().alone(shop.inProject(), Set.of(), () -> "");
        assertThat(scene.states()).as(what + failed).contains(state(shop));
        scene.command().run(ready(scene, shop));
        var verified = new Verification(shop.environment(), shop.inProject()).run(List.of(), false);
        assertThat(verified.exitStatus()).as(what + verified).isZero();
        assertThat(shop.installed(".new")).as(what).doesNotExist();
        assertThat(shop.installed(".old")).as(what).doesNotExist();
    }

    /** Undo works once alone: where it had happened, the next one takes back the first install. */
    private static Workshop ready(Scene scene, Workshop shop) throws IOException {
        if (scene.name().equals("undo") && state(shop).equals("leaf@1.0.0")) {
            shop.add("acme/ui");
        }
        return shop;
    }

    private static String state(Workshop shop) throws IOException {
        Path lock = shop.project.resolve("ggen.lock");
        if (!Files.exists(lock)) {
            assertThat(Trees.exists(shop.installed("leaf"))).isFalse();
            return "";
        }
        var found = new StringBuilder();
        for (String id : List.of("leaf", "acme/ui")) {
            Path readme = shop.inProject().folder(new io.ggen.marketplace.model.PackageId(id));
            if (Trees.exists(readme)) {
                String text = Files.readString(readme.resolve("README.md"));
                assertThat(shop.lockText())
                        .contains("\"" + text.substring(text.indexOf('@') + 1) + "\"");
                found.append(text).append(' ');
            }
        }
        return found.toString().strip();
    }

    @Test
    void aFullDiskSaysSo() throws IOException {
        Path folder = disk.wrap(real);
        try (var shop = new Workshop(folder)) {
            shop.publish("leaf", "1.0.0");
            shop.manifest("leaf = \"*\"");
            disk.failAt(12, Fault.NO_SPACE);
            InstallerTest.assertFails(ErrorCode.INSUFFICIENT_SPACE, shop::install);
            disk.heal();
            assertThat(shop.install().installed()).hasSize(1);
        }
    }
}
