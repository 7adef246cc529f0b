package io.ggen.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Sha256;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.ReleaseVerifier;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at a world from outside, without the code that `verify` uses. */
final class Soundness {
    private static final Pattern LOCKED =
            Pattern.compile(
                    "id = \"([^\"]+)\"\\s+version = \"[^\"]+\"[^\\[]*?\\bcid = \"([^\"]+)\"");

    private Soundness() {}

    /** Returns id to CID of what the lockfile of {@code project} says. */
    static SortedMap<String, String> locked(Path project) {
        SortedMap<String, String> locked = new TreeMap<>();
        Path file = project.resolve("ggen.lock");
        if (Files.exists(file)) {
            Matcher matcher = LOCKED.matcher(text(file));
            while (matcher.find()) {
                locked.put(matcher.group(1), matcher.group(2));
            }
        }
        return locked;
    }

    /** Returns id to CID of what lies in the packages folder of {@code project}. */
    static SortedMap<String, String> installed(Path project) {
        SortedMap<String, String> installed = new TreeMap<>();
        Path packages = project.resolve(".ggen/packages");
        if (!Files.isDirectory(packages)) {
            return installed;
        }
        try (Stream<Path> folders = Files.list(packages)) {
            folders.filter(Files::isDirectory)
                    .filter(folder -> !name(folder).startsWith("."))
                    .forEach(folder -> installed.put(name(folder), World.cidOf(folder)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return installed;
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    /** Fails unless what is installed is what the lockfile says, byte for byte. */
    static void checkProject(Path project) {
        assertThat(installed(project)).as("installed in %s", project).isEqualTo(locked(project));
    }

    /** Fails unless every version of both packages is whole, and signed. */
    static void checkRegistry(Registry registry) {
        for (String name : new String[] {"leaf-pack", "app-pack"}) {
            PackageRef ref = PackageRef.of(new PackageId(name));
            for (VersionListing version : registry.listVersions(ref)) {
                Listing listing = registry.getPackageVersion(ref, version.version()).orElseThrow();
                ReleaseVerifier.verify(listing.envelope().orElseThrow());
                assertThat(digest(registry, listing))
                        .isEqualTo(listing.release().content().sha256().hex());
            }
        }
    }

    private static String digest(Registry registry, Listing listing) {
        var digest = Sha256.digest();
        try (InputStream tar = new DigestInputStream(registry.open(listing), digest)) {
            tar.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Sha256.finish(digest).hex();
    }

    /** Fails unless index.json, where it is there, is whole: it begins and ends as JSON does. */
    static void checkIndex(Home home) {
        Path index = home.registry().resolve("index.json");
        if (Files.exists(index)) {
            assertThat(text(index).strip()).startsWith("{").endsWith("}");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
