package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.ProcessLock;
import io.ggen.base.Sha256;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.RegistryContext;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.model.JsonObject;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;

/** A home with a file registry, and what the old program would do to it. */
final class Fixture implements Progress {
    final Path home;
    final List<String> said = Collections.synchronizedList(new ArrayList<>());

    Fixture(Path home) {
        this.home = home;
    }

    Path root() {
        return new Home(home).registry();
    }

    Path index() {
        return root().resolve("index.json");
    }

    /** Opens a registry that knows nothing yet, as a new process does. */
    FileRegistry open() {
        return open(new ProcessLock.Patience(2, Duration.ofMillis(40)));
    }

    FileRegistry open(ProcessLock.Patience patience) {
        Home place = new Home(home);
        return new FileRegistry(
                new RegistryContext(
                        place, place.registry(), 100, InstantSource.system(), this, patience));
    }

    static PackageRef ref(String id) {
        return PackageRef.of(new PackageId(id));
    }

    /** Reads index.json, which must be valid. */
    JsonObject json() throws IOException {
        return JsonObject.parse(Files.readString(index()));
    }

    /** Returns the ids in index.json. */
    Set<String> listed() throws IOException {
        return new TreeSet<>(json().object("packages").orElseThrow().names());
    }

    /** Returns the versions of {@code id} in index.json. */
    List<String> listed(String id) throws IOException {
        return json()
                .object("packages")
                .orElseThrow()
                .object(id)
                .orElseThrow()
                .objects("versions")
                .stream()
                .map(it -> it.text("version"))
                .toList();
    }

    /** Lays an archive where the old program has it; returns its entry in index.json. */
    String oldEntry(String id, String version, Bytes tar) throws IOException {
        Bytes archive = gzip(tar);
        Path file = root().resolve(id + "/" + version + "/" + id + "-" + version + ".tar.gz");
        Files.createDirectories(file.getParent());
        Files.write(file, archive.toArray());
        return oldEntry(id, version, Sha256.of(archive).hex(), archive.length(), "");
    }

    static String oldEntry(String id, String version, String checksum, long size, String url) {
        return """
            "%s": {
              "name": "%s",
              "versions": [
                {
                  "version": "%s",
                  "download_url": "%s",
                  "checksum": "%s",
                  "dependencies": [
                    {
                      "name": "leaf",
                      "version_req": "^1.0.0",
                      "optional": true
                    }
                  ],
                  "published_at": "2025-11-02T10:20:30.123456789+00:00",
                  "size_bytes": %d,
                  "yanked_by_old_tool": null
                }
              ],
              "description": "An old \\"package\\" {of] mine",
              "author": "Somebody",
              "category": "Testing",
              "tags": [
                "old"
              ],
              "repository": null,
              "license": "MIT",
              "homepage": null,
              "stars": 12
            }\
        """
                .formatted(id, id, version, url, checksum, size);
    }

    /** Writes index.json in place, pretty, with fields that nobody here knows. */
    void writeOld(String... entries) throws IOException {
        Files.createDirectories(root());
        Files.writeString(
                index(),
                """
                {
                  "version": "1.0.0",
                  "updated_at": "2025-11-02T10:20:30.123456789+00:00",
                  "mirror": {"packages": [1, 2]},
                  "packages": {
                %s
                  },
                  "signature": "none"
                }\
                """
                        .formatted(String.join(",\n", entries)));
    }

    static Bytes gzip(Bytes tar) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            tar.writeTo(gzip);
        }
        return Bytes.wrap(out.toByteArray());
    }

    /** Returns the canonical tar of one file with {@code text}. */
    static Bytes tar(String text) {
        return io.ggen.marketplace.core.TestPublisher.number(9).release("any", "1.0.0", text).tar();
    }

    /** Publishes in a registry of its own. */
    void publish(SamplePackage... packages) {
        try (FileRegistry registry = open()) {
            for (SamplePackage one : packages) {
                one.publishIn(registry);
            }
        }
    }

    @Override
    public Progress.Task start(String label, long total) {
        return Progress.silent().start(label, total);
    }

    @Override
    public void say(String message) {
        said.add(message);
    }
}
