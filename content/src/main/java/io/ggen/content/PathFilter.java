package io.ggen.content;

/** Which entries below a root belong to a tree. */
@FunctionalInterface
public interface PathFilter {
    /**
     * Returns whether the entry at {@code path} belongs; a folder that does not is not entered.
     *
     * @param path relative to the root, separated by {@code /}
     */
    boolean includes(String path, boolean directory);

    /** Returns the filter that lets everything pass. */
    static PathFilter everything() {
        return (path, directory) -> true;
    }
}
