package io.ggen.cli;

import java.util.Collections;
import java.util.Iterator;
import java.util.ServiceLoader;

/**
 * The services of one kind on the class path: registries, networks. {@link ServiceLoader} finds
 * them all, but opens jars for it; those that the distribution was assembled with are known by name
 * and come first.
 */
final class Providers<T> implements Iterable<T> {
    private final Class<T> kind;
    private final String[] names;

    private Providers(Class<T> kind, String[] names) {
        this.kind = kind;
        this.names = names;
    }

    /** Takes the names of classes with commas between them, from the launcher. */
    static <T> Providers<T> of(Class<T> kind, String names) {
        return new Providers<>(kind, names.isEmpty() ? new String[0] : names.split(","));
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private int next;
            private Iterator<T> rest = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                if (next < names.length) {
                    return true;
                }
                if (next++ == names.length) {
                    rest = ServiceLoader.load(kind).iterator();
                }
                return rest.hasNext();
            }

            @Override
            public T next() {
                return next < names.length ? named(names[next++]) : rest.next();
            }
        };
    }

    private T named(String name) {
        try {
            return Class.forName(name).asSubclass(kind).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this distribution lacks its own " + name, e);
        }
    }
}
