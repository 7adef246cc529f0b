package io.ggen.marketplace.core;

import java.util.OptionalLong;

/**
 * Facts about a registry.
 *
 * @param scheme the provider's scheme: {@code file}, {@code p2p} …
 * @param location where it is, for people
 * @param packages how many ids it holds, when that is known without work
 */
public record RegistryMetadata(String scheme, String location, OptionalLong packages) {
    /** Returns whether all of it is on this machine: what is done there reaches nobody else. */
    public boolean isLocal() {
        return scheme.equals("file");
    }
}
