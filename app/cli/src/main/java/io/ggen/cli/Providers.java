package io.ggen.cli;

import io.ggen.marketplace.core.RegistryProvider;

import java.util.Collections;
import java.util.Iterator;
import java.util.ServiceLoader;

/**
 * The kinds of registries on the class path. {@link ServiceLoader} finds them all, but opens jars
 * for it; those that the distribution was assembled with are known by name and come first.
 */
final class Providers implements Iterable<RegistryProvider> {
    private final String[] names;

    private Providers(String[] names) {
        this.names = names;
    }

    /** Takes the names of classes with commas between them, from the launcher. */
    static Providers of(String names) {
        return new Providers(names.isEmpty() ? new String[0] : names.split(","));
    }

    @Override
    public Iterator<RegistryProvider> iterator() {
        return new Iterator<>() {
            private int next;
            private Iterator<RegistryProvider> rest = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                if (next < names.length) {
                    return true;
                }
                if (next++ == names.length) {
                    rest = ServiceLoader.load(RegistryProvider.class).iterator();
                }
                return rest.hasNext();
            }

            @Override
            public RegistryProvider next() {
                return next < names.length ? named(names[next++]) : rest.next();
            }
        };
    }

    private static RegistryProvider named(String name) {
        try {
            return Class.forName(name)
                    .asSubclass(RegistryProvider.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this distribution lacks its own " + name, e);
        }
    }
}
