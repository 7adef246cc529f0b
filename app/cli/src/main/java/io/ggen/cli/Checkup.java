package io.ggen.cli;

import io.ggen.base.ByteSize;
import io.ggen.base.CryptoProvider;
import io.ggen.marketplace.core.RegistryMetadata;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.install.project.ProjectManifest;
import io.ggen.marketplace.core.keys.KeyInfo;
import io.ggen.marketplace.core.session.Session;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at each part of an installation; a part that fails does not hide the others. */
final class Checkup {
    private static final ByteSize LITTLE_SPACE = ByteSize.mib(512);

    private final Call call;
    private final List<Check> checks = new ArrayList<>();

    /** How a part is. */
    enum State {
        OK,
        WARN,
        FAIL
    }

    /** What was found of one part. */
    record Check(String name, State state, String detail, Optional<String> hint) {
        static Check ok(String name, String detail) {
            return new Check(name, State.OK, detail, Optional.empty());
        }

        static Check warn(String name, String detail, String hint) {
            return new Check(name, State.WARN, detail, Optional.of(hint));
        }

        static Check fail(String name, String detail, String hint) {
            return new Check(name, State.FAIL, detail, Optional.of(hint));
        }
    }

    Checkup(Call call) {
        this.call = call;
    }

    List<Check> run() {
        look("program", this::program);
        look("start-up", this::cache);
        look("build", this::build);
        look("cryptography", Checkup::cryptography);
        look("home", this::home);
        look("space", this::space);
        look("configuration", () -> Check.ok("configuration", configuration()));
        if (checks.getLast().state() != State.FAIL) {
            look("keys", this::keys);
            look(
                    "trust",
                    () ->
                            Check.ok(
                                    "trust",
                                    "pins: " + call.session().trust().read().pins().size()));
            look("registry", this::registry);
            look("network", this::network);
            look("project", this::project);
        }
        return checks;
    }

    private void look(String name, Supplier<Check> part) {
        try {
            checks.add(part.get());
        } catch (MarketplaceException e) {
            checks.add(Check.fail(name, String.valueOf(e.getMessage()), e.hint()));
        } catch (UncheckedIOException e) {
            checks.add(Check.fail(name, String.valueOf(e.getMessage()), "check its permissions"));
        }
    }

    private Check program() {
        return Check.ok("program", "ggen " + Version.TEXT + " on Java " + Runtime.version());
    }

    private Check cache() {
        Optional<Path> dist = call.around().variable("GGEN_DIST").map(call::path);
        if (dist.isEmpty()) {
            return Check.warn(
                    "start-up", "not started through the launcher", "start it with `ggen`");
        }
        return Files.isDirectory(dist.get().resolve("aot"))
                ? Check.ok("start-up", "with the cache of " + dist.get())
                : Check.warn(
                        "start-up",
                        "there is no cache in " + dist.get() + ", so each start is slower",
                        "build again: mvn -DskipTests -pl app/dist -am package");
    }

    private Check build() {
        Optional<Checkout> checkout =
                call.around().variable("GGEN_DIST").map(call::path).flatMap(Checkout::around);
        if (checkout.isEmpty()) {
            return Check.ok("build", "a distribution without its sources");
        }
        List<Path> newer = checkout.get().newer();
        return newer.isEmpty()
                ? Check.ok("build", "as new as the sources in " + checkout.get().root())
                : Check.warn(
                        "build",
                        newer.size()
                                + (newer.size() == 1 ? " source is" : " sources are")
                                + " newer than the build, such as "
                                + newer.getFirst(),
                        "build again: cd "
                                + checkout.get().root()
                                + " && mvn -DskipTests -pl app/dist -am package");
    }

    /** Who signs, encrypts and speaks TLS: all that {@link CryptoProvider} chooses between. */
    private static Check cryptography() {
        CryptoProvider fast = CryptoProvider.fast();
        String others =
                "AEAD "
                        + fast.chaCha20Poly1305().getProvider().getName()
                        + ", TLS "
                        + fast.tls13().getProvider().getName();
        return fast.name().equals("JDK")
                ? Check.warn(
                        "cryptography",
                        "Ed25519 JDK, " + others + ": Conscrypt does not load on this system",
                        "everything works; verifying many signatures takes longer")
                : Check.ok(
                        "cryptography",
                        "Ed25519 JDK for a few and " + fast.name() + " for many, " + others);
    }

    private Check home() {
        Path home = call.home().root();
        if (!Files.exists(home)) {
            return Check.ok("home", home + " is made when it is first needed");
        }
        return Files.isDirectory(home) && Files.isWritable(home)
                ? Check.ok("home", home.toString())
                : Check.fail("home", home + " is no folder of yours", "choose one with --home");
    }

    private Check space() {
        Path folder = call.home().root();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        try {
            ByteSize free = new ByteSize(Files.getFileStore(folder).getUsableSpace());
            return free.compareTo(LITTLE_SPACE) < 0
                    ? Check.warn("space", free + " free", "`ggen m clean` frees caches")
                    : Check.ok("space", free + " free");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask for the free space of " + folder, e);
        }
    }

    private String configuration() {
        Session session = call.session();
        Path config = session.home().config();
        return Files.exists(config) ? config.toString() : "defaults";
    }

    private Check keys() {
        List<KeyInfo> keys = call.session().keys().list();
        return keys.isEmpty()
                ? Check.ok("keys", "none yet; the first publish makes one")
                : Check.ok("keys", keys.size() + ", the first is " + keys.getFirst().name());
    }

    private Check registry() {
        RegistryMetadata metadata = call.session().registry().metadata();
        String packages =
                metadata.packages().isPresent()
                        ? ", packages: " + metadata.packages().getAsLong()
                        : "";
        return Check.ok("registry", metadata.scheme() + " at " + metadata.location() + packages);
    }

    private Check network() {
        if (!Opening.hasNetwork()) {
            return Check.ok("network", "a distribution without it");
        }
        return Check.ok(
                "network",
                NetworkAnswer.running(call)
                        .map(node -> "a node runs: process " + node.pid() + " at " + node.url())
                        .orElse("no node runs; `ggen m p2p start` starts one"));
    }

    private Check project() {
        Optional<Path> manifest = call.session().manifest();
        if (manifest.isEmpty()) {
            return Check.ok("project", "none here");
        }
        int asked = ProjectManifest.read(manifest.get()).requirements().size();
        Path lockfile = manifest.get().resolveSibling(Lockfile.NAME);
        Optional<Lockfile> lock = Lockfile.read(lockfile);
        return lock.isEmpty() && asked > 0
                ? Check.warn("project", manifest.get() + " is not installed", "ggen m install")
                : Check.ok(
                        "project",
                        manifest.get()
                                + ", "
                                + lock.map(l -> l.packages().size()).orElse(0)
                                + " locked");
    }
}
