package io.ggen.marketplace.file;

import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryContext;
import io.ggen.marketplace.core.RegistryProvider;

/** Opens directories as registries: the scheme {@code file}. */
public final class FileRegistryProvider implements RegistryProvider {
    @Override
    public String scheme() {
        return Records.SOURCE;
    }

    @Override
    public Registry open(RegistryContext context) {
        return new FileRegistry(context);
    }
}
