package io.ggen.marketplace.core.resolve;

/**
 * Chooses one version of every package that is needed so that all of them fit. The same request to
 * the same catalogue gives the same answer, in whatever order either lists things.
 *
 * <p>A locked version is preferred while it fits, else the newest: releases before pre-releases.
 * Optional dependencies come after everything else is chosen and change nothing of it; those that
 * do not fit are left out. Blocks as its catalogue does, and throws what that throws.
 */
public final class Resolver {
    private final PackageCatalog catalog;

    /** Makes a resolver that keeps nothing between resolutions. */
    public Resolver(PackageCatalog catalog) {
        this.catalog = catalog;
    }

    /** Resolves {@code request}. */
    public Resolution resolve(ResolveRequest request) {
        return new Attempt(new MemoCatalog(catalog), request).run();
    }
}
