package io.ggen.marketplace.core.session;

import io.ggen.base.ProcessLock;
import io.ggen.content.ArchivePolicy;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryProvider;
import io.ggen.marketplace.core.config.Settings;
import io.ggen.marketplace.core.install.InstallEnvironment;
import io.ggen.marketplace.core.install.InstallSettings;
import io.ggen.marketplace.core.install.Installer;
import io.ggen.marketplace.core.keys.KeyInfo;
import io.ggen.marketplace.core.keys.KeyStore;
import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkProvider;
import io.ggen.marketplace.core.network.NetworkSettings;
import io.ggen.marketplace.core.store.BlockStore;
import io.ggen.marketplace.core.trust.TrustStore;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One home and what is done in it. Opening a session touches no disk; each part opens when it is
 * asked for. For one thread; closing it closes all parts.
 */
public final class Session implements AutoCloseable {
    private static final int LOCK_ATTEMPTS = 3;

    private final SessionRequest request;
    private final Registries registries;
    private final Map<String, Registry> opened = new HashMap<>();
    private @Nullable String registryName;
    private @Nullable Network network;
    private @Nullable BlockStore store;

    private Session(SessionRequest request) {
        this.request = request;
        this.registries = new Registries(this);
    }

    /** Opens a session. */
    public static Session open(SessionRequest request) {
        return new Session(request);
    }

    /** Returns the home. */
    public Home home() {
        return request.home();
    }

    /** Returns the settings in force. */
    public Settings settings() {
        return request.settings();
    }

    /** Returns what hears of work and events. */
    public Progress progress() {
        return request.services().progress();
    }

    /** Returns what tells the time. */
    public InstantSource clock() {
        return request.services().clock();
    }

    Iterable<RegistryProvider> providers() {
        return request.services().providers();
    }

    /** Returns whether the network must not be used. */
    public boolean offline() {
        return request.choices().offline() || settings().offline();
    }

    /** Returns whose packages are meant, as the user wrote it: a did:key or a petname. */
    public Optional<String> publisher() {
        return request.choices().publisher().or(() -> settings().publisher());
    }

    /**
     * Returns where packages come from: {@code file}, {@code hybrid}, a directory … Where nobody
     * said, the network is used too as soon as a node runs for this home.
     */
    public String registryName() {
        String name = registryName;
        if (name == null) {
            name = request.choices().registry().orElseGet(this::usualRegistry);
            registryName = name;
        }
        return name;
    }

    private String usualRegistry() {
        String usual = settings().registry();
        boolean said = settings().given("marketplace.registry").isPresent();
        boolean hybrid = !said && usual.equals("file") && !offline() && nodeRuns();
        return hybrid ? "hybrid" : usual;
    }

    /** Looks at one file before anything of the network is loaded. */
    private boolean nodeRuns() {
        if (!Files.exists(home().nodeApi())) {
            return false;
        }
        try {
            return networkProvider().running(networkContext()).isPresent();
        } catch (MarketplaceException e) {
            progress().say("the network is left out: " + e.getMessage());
            return false;
        }
    }

    /** Returns where own packages go: to the file registry, unless somebody said otherwise. */
    public String publishingName() {
        return request.choices()
                .registry()
                .orElseGet(() ->
                        settings()
                                .given("marketplace.registry")
                                .map(Settings.Given::text)
                                .orElse("file"));
    }

    /** Returns the registry, opened at the first call. */
    public Registry registry() {
        return opened.computeIfAbsent(registryName(), registries::open);
    }

    /** Returns the registry that own packages go to, opened at the first call. */
    public Registry publishing() {
        return opened.computeIfAbsent(publishingName(), registries::open);
    }

    /**
     * Returns the node of this home that runs, or a client of the session's own; opened at the
     * first call.
     *
     * @throws MarketplaceException NETWORK where this program has no network
     */
    public Network network() {
        Network open = network;
        if (open == null) {
            open = networkProvider().connect(networkContext());
            network = open;
        }
        return open;
    }

    /**
     * Returns the way to nodes.
     *
     * @throws MarketplaceException NETWORK where this program has no network
     */
    public NetworkProvider networkProvider() {
        return registries.network();
    }

    /** Returns what a node of this home is given, with the options of the settings. */
    public NetworkContext networkContext() {
        return new NetworkContext(
                request.services().version(),
                home(),
                NetworkSettings.read(settings()),
                clock(),
                progress(),
                request.services().passphrases());
    }

    Iterable<NetworkProvider> networks() {
        return request.services().networks();
    }

    /** Returns another registry by name, directory or URL; the caller closes it. */
    public Registry registry(String name) {
        return registries.open(name);
    }

    /** Returns trust.toml. */
    public TrustStore trust() {
        return new TrustStore(home());
    }

    /** Returns the publisher keys of the home. */
    public KeyStore keys() {
        return new KeyStore(
                home(), clock(), request.services().passphrases(), progress(), patience());
    }

    /** Returns what publishes, imports, yanks and removes packages of the user's own. */
    public Authoring authoring() {
        return new Authoring(this);
    }

    /** Makes anew what the registry derives from its records. */
    public void rebuildRegistryIndex() {
        int packages = registry().rebuildIndex();
        progress().say("rebuilt the index of " + packages + " packages");
    }

    /** Returns what installing stands on; nothing of it is opened yet. */
    public InstallEnvironment installing() {
        return new InstallEnvironment(
                home(),
                this::registry,
                store(),
                progress(),
                clock(),
                this::ownKey,
                settings(InstallSettings.standard()));
    }

    /** Returns whose key signs here by default, where there is one. */
    public Optional<Did> ownKey() {
        for (KeyInfo key : keys().list()) {
            if (key.name().equals(KeyStore.DEFAULT)) {
                return key.did();
            }
        }
        return Optional.empty();
    }

    private InstallSettings settings(InstallSettings standard) {
        return standard.withPatience(patience())
                .withMinimumAge(settings().minimumAge())
                .withPolicy(
                        ArchivePolicy.standard().withMaxUnpacked(settings().maxUnpacked().bytes()));
    }

    private BlockStore store() {
        BlockStore open = store;
        if (open == null) {
            open = new BlockStore(home().store(), progress()::say);
            store = open;
        }
        return open;
    }

    /** Returns what changes the installed packages. */
    public Installer installer() {
        return new Installer(installing());
    }

    /** Returns what looks packages up in the registry. */
    public Packages packages() {
        return new Packages(registry());
    }

    /** Returns whose packages are meant, where anybody said. */
    public Optional<Did> publisherDid() {
        return publisher().map(this::did);
    }

    /**
     * Returns whom a text means: a did:key, or the petname of a trusted publisher.
     *
     * @throws MarketplaceException USAGE where it means nobody
     */
    public Did did(String text) {
        try {
            Optional<Did> did = trust().read().publisher(text);
            if (did.isPresent()) {
                return did.get();
            }
        } catch (IllegalArgumentException e) {
            throw noPublisher(String.valueOf(e.getMessage())).causedBy(e);
        }
        throw noPublisher("nobody is called `" + text + "` here");
    }

    private static MarketplaceException noPublisher(String message) {
        return new MarketplaceException(
                ErrorCode.USAGE,
                message,
                "give a did:key, or name one with `ggen m trust add DID PETNAME`");
    }

    /** Returns how long to wait for other processes. */
    public ProcessLock.Patience patience() {
        // not Duration.dividedBy: it goes by way of BigDecimal, whose tables cost a start 10 ms
        Duration each = Duration.ofMillis(settings().lockWait().toMillis() / LOCK_ATTEMPTS);
        return new ProcessLock.Patience(LOCK_ATTEMPTS, each);
    }

    /** Returns where the user works. */
    public Path directory() {
        return request.directory();
    }

    /** Returns the manifest of the project that {@link #directory} is in. */
    public Optional<Path> manifest() {
        return manifest(directory());
    }

    /** Returns the {@code ggen.toml} in {@code directory} or the nearest folder above. */
    public static Optional<Path> manifest(Path directory) {
        for (Path folder = directory; folder != null; folder = folder.getParent()) {
            Path manifest = folder.resolve("ggen.toml");
            if (Files.isRegularFile(manifest)) {
                return Optional.of(manifest);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        try (Network node = network;
                BlockStore blocks = store) {
            network = null;
            store = null;
            opened.values().forEach(Registry::close);
            opened.clear();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the store " + home().store(), e);
        }
    }
}
