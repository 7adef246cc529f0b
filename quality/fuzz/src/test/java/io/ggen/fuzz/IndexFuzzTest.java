package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryContext;
import io.ggen.marketplace.file.FileRegistryProvider;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Any bytes as index.json, and as the package.json of a version beside a sound index. */
class IndexFuzzTest {
    @TempDir static Path folder = Path.of("");

    @FuzzTest
    void anyIndexIsReadOrRebuilt(byte[] data) {
        Home home = new Home(folder.resolve("index"));
        write(home.registry().resolve("index.json"), data);
        write(home.registry().resolve("demo/1.0.0/package.json"), data);
        Registry registry =
                new FileRegistryProvider()
                        .open(new RegistryContext(home, home.registry(), 10, ManualClock.fixed()));
        try {
            PackageRef demo = PackageRef.of(new PackageId("demo"));
            Verdict.of(registry::metadata);
            Verdict.of(() -> registry.listVersions(demo));
            Verdict.of(() -> registry.getPackage(demo));
            Verdict.of(() -> registry.search(Query.of("", 10)));
        } finally {
            registry.close();
        }
    }

    private static void write(Path file, byte[] data) {
        try {
            Files.createDirectories(folder.resolve("index/registry/demo/1.0.0"));
            Files.write(file, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
