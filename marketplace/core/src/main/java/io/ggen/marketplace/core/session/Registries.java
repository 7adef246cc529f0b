package io.ggen.marketplace.core.session;

import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryContext;
import io.ggen.marketplace.core.RegistryProvider;
import io.ggen.marketplace.core.hybrid.HybridRegistry;
import io.ggen.marketplace.core.network.NetworkProvider;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens registries through the providers that are there. */
final class Registries {
    private final Session session;

    Registries(Session session) {
        this.session = session;
    }

    /** Opens the registry called {@code name}: a scheme, a directory or a URL. */
    Registry open(String name) {
        return switch (name) {
            case "file" -> file(session.settings().registryPath());
            case "p2p" -> session.network().registry();
            case "hybrid" -> new HybridRegistry(open("file"), open("p2p"), session.progress());
            default -> elsewhere(name);
        };
    }

    private Registry elsewhere(String name) {
        if (name.startsWith("http://") || name.startsWith("https://")) {
            return provider("http").open(context(session.home().registry()));
        }
        String path = name.startsWith("file://") ? name.substring("file://".length()) : name;
        return file(session.directory().resolve(path).normalize());
    }

    private Registry file(Path directory) {
        return provider("file").open(context(directory));
    }

    private RegistryContext context(Path location) {
        return new RegistryContext(
                session.home(),
                location,
                session.settings().cacheCapacity(),
                session.clock(),
                session.progress(),
                session.patience());
    }

    private RegistryProvider provider(String scheme) {
        List<String> found = new ArrayList<>();
        for (RegistryProvider provider : session.providers()) {
            if (provider.scheme().equals(scheme)) {
                return provider;
            }
            found.add(provider.scheme());
        }
        throw absent(scheme, found);
    }

    private static MarketplaceException absent(String scheme, List<String> found) {
        return new MarketplaceException(
                ErrorCode.NETWORK,
                "this distribution has no " + scheme + " registry",
                "it has: " + String.join(", ", found) + "; choose one with --registry");
    }

    /** Returns the way to the network, where this program has one. */
    NetworkProvider network() {
        for (NetworkProvider provider : session.networks()) {
            return provider;
        }
        List<String> found = new ArrayList<>();
        session.providers().forEach(provider -> found.add(provider.scheme()));
        throw absent("p2p", found);
    }
}
