package io.ggen.marketplace.core;

/** Opens the registries of one scheme; found with {@link java.util.ServiceLoader}. */
public interface RegistryProvider {
    /** Returns the scheme that this provider answers to, such as {@code file}. */
    String scheme();

    /** Opens a registry; cheap until it is asked something. The caller closes it. */
    Registry open(RegistryContext context);
}
