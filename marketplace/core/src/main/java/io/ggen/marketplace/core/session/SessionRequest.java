package io.ggen.marketplace.core.session;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.RegistryProvider;
import io.ggen.marketplace.core.config.Settings;
import io.ggen.marketplace.core.keys.Passphrases;
import io.ggen.marketplace.core.network.NetworkProvider;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What a session is opened with.
 *
 * @param directory where the user works; a project is looked for here and above
 * @param choices what the command line asks for
 */
public record SessionRequest(
        Home home, Settings settings, Path directory, Choices choices, Services services) {
    /**
     * What the command line asks for, before any setting.
     *
     * @param registry {@code file}, {@code p2p}, {@code hybrid}, a directory or a URL
     * @param publisher a did:key or a petname
     * @param offline whether the network must not be used
     */
    public record Choices(Optional<String> registry, Optional<String> publisher, boolean offline) {
        /** Returns the choice of nothing. */
        public static Choices none() {
            return new Choices(Optional.empty(), Optional.empty(), false);
        }
    }

    /**
     * What a session gets from the program around it.
     *
     * @param version of the program
     * @param providers makes registries; iterated only as far as needed
     * @param networks the network, where this program has one; iterated only when it is asked for
     */
    public record Services(
            String version,
            InstantSource clock,
            Progress progress,
            Passphrases passphrases,
            Iterable<RegistryProvider> providers,
            Iterable<NetworkProvider> networks) {}
}
